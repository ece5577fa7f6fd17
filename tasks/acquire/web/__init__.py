"""Inputs from the web: polite requests, robots.txt, limits."""
