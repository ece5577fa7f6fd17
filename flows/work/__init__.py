"""Staged inputs on their way through the stages, by engines and workers, to landed rows."""
