"""Inputs on their way in: fetched or read, archived, and staged for the workers."""
