"""What goes out of the program as a document: built from values, without storage or clock."""
