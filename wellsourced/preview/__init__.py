"""Show the site while it is written: watch, rebuild, and tell the open page."""
