"""From the lake to the values of a page: one module for each kind of page."""
