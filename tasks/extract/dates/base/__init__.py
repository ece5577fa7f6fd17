"""What every date parser builds on: intervals, calendar words, resolvers and tense."""
