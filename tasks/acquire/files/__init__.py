"""Inputs from files: pages, texts, records and WARC files."""
