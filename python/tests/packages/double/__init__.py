"""A package for tests, whose native half is written in Python."""
