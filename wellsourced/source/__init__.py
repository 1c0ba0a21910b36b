"""Scan raw Markdown into Documents whose every construct has its exact place."""

from wellsourced.source.document import Document
from wellsourced.source.scanner import plain, read, scan

__all__ = ["Document", "plain", "read", "scan"]
