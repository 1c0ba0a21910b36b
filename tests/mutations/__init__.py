"""Planted faults: each check of the site, and the build's gate, is shown to catch them."""
