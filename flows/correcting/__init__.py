"""Stories corrected by hand."""
