"""From articles to duplicates and stories."""
