"""What a setting can hold, and how a mistake in one is explained."""
