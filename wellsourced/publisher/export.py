"""Copy the audited files into a folder for a host that publishes a folder in one step itself."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from wellsourced.publisher.audited import Audited
from wellsourced.publisher.problems import ConfigurationError, TransportError


def export(site: Audited, folder: Path) -> None:
    """Write every audited file into a new folder, whole or not at all.

    Raises `ConfigurationError` when the folder holds anything already, `VerificationError` when
    the output is not the audited one, `TransportError` when the disk fails.
    """
    site.hold()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError(f"{folder} is there already.", "name a new or an empty folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for key in site.files:
                path = stage / key
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(site.read(key))
            stage.chmod(0o755)
            os.rename(stage, folder)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise TransportError(
            f"{folder}: {error.strerror}.", "nothing was left there; run it again when it is mended"
        ) from error
