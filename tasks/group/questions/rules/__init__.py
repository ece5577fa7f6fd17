"""Which answers can answer one question at all, by what they say and by their values."""
