"""Watches: what is new in the answer to a question is sent after each run, each row once."""
