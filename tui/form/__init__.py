"""What a question asks as one value, for every way of asking, and what an answer changes."""
