"""Publish a release: manifest, plan, push, verify, roll back."""
