"""Number cites, format the references that they name, and export them for reference managers."""
