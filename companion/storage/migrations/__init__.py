"""How the tables came to be, a step a file; run when a database is opened."""
