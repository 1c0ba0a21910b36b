"""Publish health articles whose every claim can be checked."""
