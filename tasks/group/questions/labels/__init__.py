"""Questions in words, as a reader would put them (wording.py)."""
