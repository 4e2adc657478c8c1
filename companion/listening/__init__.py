"""The listener: a process of its own in which words live and die."""
