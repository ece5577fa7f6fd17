"""From a capture's bytes to an article: body, boilerplate, metadata."""

from tasks.clean.options import CleanOptions
from tasks.clean.stage import clean_captures

__all__ = ["CleanOptions", "clean_captures"]
