"""From articles to duplicates and stories."""

from tasks.group.duplicates import DUPLICATE_COLUMNS, find_duplicates
from tasks.group.signatures import sign_articles
from tasks.group.stories import GROUP_COLUMNS, group_stories

__all__ = ["DUPLICATE_COLUMNS", "GROUP_COLUMNS", "find_duplicates", "group_stories", "sign_articles"]
