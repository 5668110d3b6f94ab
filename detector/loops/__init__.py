"""Compiled loops: arrays in, arrays out, and how they are compiled and kept."""
