"""Two checkers of HTML over the pages that readers get."""
