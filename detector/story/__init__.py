"""What of an article is its story, who is quoted in it, and which outlets and agencies it names."""
