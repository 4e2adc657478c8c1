"""One meeting's life: commands in, events kept, a view out."""
