"""What the values of a pair of answers show: rivals, numbers left over, and what makes a dispute likely."""
