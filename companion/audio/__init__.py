"""Sound from a microphone or a recording, as frames of 16 kHz mono."""
