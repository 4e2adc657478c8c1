"""From frames of sound to words, inside the listener only."""
