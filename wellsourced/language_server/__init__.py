"""Serve editors over the Language Server Protocol 3.17: findings while one types, and help."""
