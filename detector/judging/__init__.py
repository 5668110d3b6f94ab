"""What ``judge`` goes by: measures, facts and sentences that two texts have in common, and what of them is shown."""
