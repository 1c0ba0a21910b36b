"""What a reader meets: the built site in a real Chromium."""
