"""Plan what a release sends, from two manifests alone: no disk, no network, no clock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from wellsourced.audit.manifest import File, Manifest
from wellsourced.publisher.problems import GuardError

NEEDED = ("index.html", "404.html", "feeds/atom.xml")
"""Without these a release is broken, whatever else it holds."""


class Reason(StrEnum):
    """Why a file is sent (bep/s3deploy, `uploadReason`)."""

    NEW = "new"
    CHANGED = "changed"
    HEADERS = "headers changed"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send, with its size in bytes."""

    key: str
    reason: Reason
    bytes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a release sends, what it no longer holds, and the keys that stay as they are."""

    release: str
    uploads: tuple[Upload, ...]
    deletes: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def bytes(self) -> int:
        """Give how many bytes are sent."""
        return sum(upload.bytes for upload in self.uploads)


def plan(new: Manifest, old: Manifest | None, damaged: Collection[str] = ()) -> Plan:
    """Compare a release with the one that readers have; `damaged` are keys found wrong there."""
    there = {file.key: file for file in old.files} if old else {}
    uploads, unchanged = [], []
    for file in new.files:
        reason = Reason.DAMAGED if file.key in damaged else _reason(file, there.get(file.key))
        if reason is None:
            unchanged.append(file.key)
        else:
            uploads.append(Upload(file.key, reason, file.size))
    gone = there.keys() - {file.key for file in new.files}
    return Plan(new.release, tuple(uploads), tuple(sorted(gone)), tuple(unchanged))


def _reason(file: File, old: File | None) -> Reason | None:
    if old is None:
        return Reason.NEW
    if file.sha256 != old.sha256:
        return Reason.CHANGED
    if (file.media_type, file.cache) != (old.media_type, old.cache):
        return Reason.HEADERS
    return None


def guard(planned: Plan, new: Manifest, max_delete: float) -> None:
    """Raise `GuardError` when readers would lose what they need, or too much at once.

    `max_delete` is the share of the old release's files that may go, from 0 to 1.
    """
    keys = {file.key for file in new.files}
    for key in NEEDED:
        if key not in keys:
            raise GuardError(
                f'The release has no "{key}".', "build the whole site; nothing was written"
            )
    kept = keys - {upload.key for upload in planned.uploads if upload.reason is Reason.NEW}
    before = len(kept) + len(planned.deletes)
    if before and len(planned.deletes) / before > max_delete:
        share = len(planned.deletes) / before
        raise GuardError(
            f"{len(planned.deletes)} of {before} files would go ({share:.0%}), "
            f"more than {max_delete:.0%}.",
            f"if that is meant, publish with --max-delete {_ceiling(share)}%; nothing was written",
        )


def _ceiling(share: float) -> int:
    return min(100, int(share * 100) + 1)
