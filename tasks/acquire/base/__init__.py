"""Addresses, names and options that files, the web and followed outlets share."""
