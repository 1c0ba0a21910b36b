"""Say why a release did not go out, in words, a hint and an exit status."""

from __future__ import annotations

DONE = 0
"""The exit status when the release is out, or there was nothing to do."""


class PublishingError(Exception):
    """What went wrong, with what to do about it; `status` is the exit status of the task."""

    status = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ConfigurationError(PublishingError):
    """The target's address, its credentials or its abilities do not serve."""

    status = 2


class UnfitError(ConfigurationError):
    """The target ignores conditions, so that two publishers could undo each other."""


class GuardError(PublishingError):
    """What was asked for would harm readers, and nothing was written."""

    status = 3


class LostRaceError(GuardError):
    """Somebody else moved the pointer first; theirs stands."""


class TransportError(PublishingError):
    """A request failed, or its answer was lost: it may or may not have been carried out."""

    status = 4


class RefusedError(PublishingError):
    """The target is full, or does not trust this machine's clock: asking again would not help."""

    status = 4


class VerificationError(PublishingError):
    """Bytes are not those of the audited release."""

    status = 5


class ConditionFailedError(PublishingError):
    """A conditional write met another version than it named, or an object already there."""

    status = 3
