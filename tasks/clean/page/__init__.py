"""A page decoded and parsed: charset, blocks, JSON-LD, headline, language, addresses."""
