"""From articles to duplicates and stories."""

from tasks.group.duplicates import DUPLICATE_COLUMNS, find_duplicates
from tasks.group.signatures import sign_articles

__all__ = ["DUPLICATE_COLUMNS", "find_duplicates", "sign_articles"]
