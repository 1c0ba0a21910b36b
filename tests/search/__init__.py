"""What readers can search: the index that a build makes, and the page that shows it."""
