"""The language model at work: tokens, sentences, tags and parses."""
