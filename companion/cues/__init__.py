"""What to show and when: a catalogue of cues, a rule for each, and a policy that keeps them few."""
