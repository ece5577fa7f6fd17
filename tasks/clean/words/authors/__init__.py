"""Printed bylines made a clean list of authors."""
