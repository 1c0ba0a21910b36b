"""Tests of how published files are served."""
