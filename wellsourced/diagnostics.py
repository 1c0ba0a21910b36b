"""Say what is wrong in a file, where, and how to mend it.

A `Diagnostic` is an author's mistake; a programmer's mistake is an exception.
Lines and columns count from 1; columns are characters, not bytes; an end column is the
first column after the range.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar


class Severity(StrEnum):
    """How much a finding weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A range in a file: path, then line and column of its start and end, from 1."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __post_init__(self) -> None:
        if self.end_line == 0:
            object.__setattr__(self, "end_line", self.line)
            object.__setattr__(self, "end_column", self.column)


class Suggestion(str):
    """A hint that names what was probably meant: `meant` in place of `written`.

    `written` stands somewhere in the finding's range. Nobody may apply it unasked; a mend that is
    certain is a `Fix`.
    """

    written: str
    meant: str

    def __new__(cls, hint: str, written: str = "", meant: str = "") -> Suggestion:
        suggestion = super().__new__(cls, hint)
        suggestion.written = written
        suggestion.meant = meant
        return suggestion


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """A mend that a machine may apply: what to put in place of the diagnostic's range."""

    replacement: str


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding, sortable by path, line, column, end and code."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    severity: Severity
    message: str
    hint: str = ""
    fix: Fix | None = field(default=None, compare=False)

    @property
    def location(self) -> Location:
        """Give the range as a `Location`."""
        return Location(self.path, self.line, self.column, self.end_line, self.end_column)


@dataclass(frozen=True, slots=True)
class Code:
    """A documented kind of finding.

    `explanation` is the docstring of the function that finds it: what it checks, why it
    harms readers, an example that is wrong and one that is right.
    """

    id: str
    severity: Severity
    explanation: str

    @property
    def summary(self) -> str:
        """Give the first line of the explanation."""
        return self.explanation.partition("\n")[0]


CODES: dict[str, Code] = {}

_Function = TypeVar("_Function", bound=Callable[..., object])


def code(id: str, severity: Severity = Severity.ERROR) -> Callable[[_Function], _Function]:
    """Register the decorated function's docstring as the explanation of a code.

    Raises `ValueError` when the code is taken or the docstring is missing.
    """

    def register(function: _Function) -> _Function:
        explanation = inspect.getdoc(function)
        if not explanation:
            raise ValueError(f"{id} has no docstring to explain it")
        if id in CODES:
            raise ValueError(f"{id} is registered twice")
        CODES[id] = Code(id, severity, explanation)
        return function

    return register


def diagnose(
    at: Location, id: str, message: str, hint: str = "", fix: Fix | None = None
) -> Diagnostic:
    """Make a `Diagnostic` of a registered code at a location."""
    return Diagnostic(
        at.path, at.line, at.column, at.end_line, at.end_column,
        id, CODES[id].severity, message, hint, fix,
    )  # fmt: skip


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
