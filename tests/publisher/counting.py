"""Count the crash points and faults that the tests went through."""

from __future__ import annotations

from collections import Counter

COUNTED: Counter[str] = Counter()
"""What was done to a publisher → how many times, each followed by a look at what readers see."""


def summary() -> str:
    """Give the sum and its parts in one line, `""` when nothing was counted."""
    if not COUNTED:
        return ""
    parts = ", ".join(f"{number} {what}" for what, number in sorted(COUNTED.items()))
    return f"{COUNTED.total()} crash points and faults: {parts}"
