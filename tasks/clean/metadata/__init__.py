"""What a page, a record or a text says about its article: title, authors, time, section."""
