"""Lists of articles that serve one article and many: pages, topics, related articles."""
