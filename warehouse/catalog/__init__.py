"""The lake itself: its place, its session, its gate and its schema."""
