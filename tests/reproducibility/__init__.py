"""The same content always makes the same bytes, and a failed build changes none."""
