"""What the command line is made of: its options, its two sides, and what becomes of its outputs."""
