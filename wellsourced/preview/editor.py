"""Open a file at a line in the editor of the person who writes."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable

_KNOWN = (
    ("code", "code --goto {path}:{line}:{column}"),
    ("codium", "codium --goto {path}:{line}:{column}"),
    ("subl", "subl {path}:{line}:{column}"),
    ("xdg-open", "xdg-open {path}"),
)


def opener(command: str = "") -> Callable[[str, int, int], bool]:
    """Give the function that opens (path, line, column) and tells whether an editor was started.

    `command` holds {path}, {line} and {column}; without one, WELLSOURCED_EDITOR is used, or the
    first editor known here that is on the path.
    """
    template = command or os.environ.get("WELLSOURCED_EDITOR") or _installed()

    def open_file(path: str, line: int, column: int) -> bool:
        if not template:
            return False
        words = [
            word.format(path=os.path.abspath(path), line=line, column=column)
            for word in shlex.split(template)
        ]
        try:
            subprocess.Popen(words, stdin=subprocess.DEVNULL, start_new_session=True)
        except OSError:
            return False
        return True

    return open_file


def _installed() -> str:
    return next((template for program, template in _KNOWN if shutil.which(program)), "")
