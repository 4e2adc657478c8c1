"""Where the group is: methods, the plan of a meeting, its progress and what is counted. Pure."""
