"""The words of the theme in each of its languages."""
