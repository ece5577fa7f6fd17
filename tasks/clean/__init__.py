"""From a capture's bytes to an article: body, boilerplate, metadata."""
