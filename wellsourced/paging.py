"""Say how long a page of a list is: settings and rules both have to know."""

PER_PAGE = 20
"""Articles on one page."""
