"""Real servers that the tests start on this machine."""
