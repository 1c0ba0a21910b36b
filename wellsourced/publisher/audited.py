"""Give the bytes of an audited release, and no others."""

from __future__ import annotations

import os
from hashlib import md5, sha256
from pathlib import Path

from wellsourced.audit.manifest import File, Manifest
from wellsourced.publisher.problems import VerificationError
from wellsourced.publisher.targets import Digest

_AGAIN = "build and audit it again; nothing was published"


class Audited:
    """A built site that is held to its signed-off manifest at each read."""

    def __init__(self, output: Path, manifest: Manifest) -> None:
        self.output = output
        self.manifest = manifest
        self.files = {file.key: file for file in manifest.files}
        self._md5: dict[str, str] = {}

    def hold(self) -> None:
        """Raise `VerificationError` unless the output holds the manifest's files and no other."""
        there = frozenset(_walk(self.output))
        for key in sorted(there ^ self.files.keys()):
            fault = "was not audited" if key in there else "was audited and is gone"
            raise VerificationError(f'"{key}" {fault}.', _AGAIN)

    def read(self, key: str, kind: Digest = "") -> bytes:
        """Read a file. Raises `VerificationError` when one byte is not as it was audited.

        `kind` tells what `digest` will be asked for, so that no file is read twice.
        """
        file = self.files[key]
        try:
            data = (self.output / key).read_bytes()
        except OSError as error:
            raise VerificationError(
                f'"{key}" was audited and cannot be read: {error.strerror}.', _AGAIN
            ) from error
        if sha256(data).hexdigest() != file.sha256:
            raise VerificationError(f'"{key}" has changed since it was audited.', _AGAIN)
        if kind == "md5":
            self._md5[key] = md5(data, usedforsecurity=False).hexdigest()
        return data

    def digest(self, key: str, kind: Digest) -> str:
        """Give what a target's listing must say of a file; `""` when it says nothing."""
        if kind == "sha256":
            return self.files[key].sha256
        if kind == "md5":
            if key not in self._md5:
                self.read(key, kind)
            return self._md5[key]
        return ""


def headers(file: File) -> dict[str, str]:
    """Give what an object is kept with: its headers, and its digest as metadata."""
    return {
        "Content-Type": file.media_type,
        "Cache-Control": file.cache,
        "sha256": file.sha256,
    }


def _walk(folder: Path) -> list[str]:
    return [
        Path(where, name).relative_to(folder).as_posix()
        for where, _, names in os.walk(folder)
        for name in names
    ]
