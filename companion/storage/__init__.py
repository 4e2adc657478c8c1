"""What is kept: groups, meetings with their journals, and actions. The only SQLAlchemy."""
