"""The standard in other programs' forms."""
