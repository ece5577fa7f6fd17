"""The raw archive: WARC files written, read back, verified and indexed."""
