"""From bytes to text: charsets declared and guessed, and repairs that are noted."""
