"""Record what is read while a page is made, so that it is made anew when just that changes.

Everything that is the same for all pages is handed to rules, renderer and templates through the
mappings of this file. What was looked up is written down as a `Name`; the digests of those names
tell later whether anything that the page was made of has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from wellsourced.library import glossary
from wellsourced.library.glossary import Term
from wellsourced.plugin import digests

Name = tuple[str, str]
"""A catalogue and a key in it, such as ("references", "apta2015"); `ALL` stands for the list
of its keys."""

ALL = "*"

_Value = TypeVar("_Value")


class Reads:
    """The names that were read since `clear`."""

    def __init__(self) -> None:
        self._names: set[Name] = set()

    def add(self, catalogue: str, key: str) -> None:
        """Write down one name."""
        self._names.add((catalogue, key))

    def clear(self) -> None:
        """Begin anew."""
        self._names.clear()

    @property
    def names(self) -> frozenset[Name]:
        """Give what was read."""
        return frozenset(self._names)


class Tracked(Mapping[str, _Value]):
    """A mapping that writes down which of its keys are looked up, also those that it lacks."""

    def __init__(self, catalogue: str, values: Mapping[str, _Value], reads: Reads) -> None:
        self._catalogue = catalogue
        self._values = values
        self._reads = reads

    def __getitem__(self, key: str) -> _Value:
        self._reads.add(self._catalogue, key)
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        self._reads.add(self._catalogue, str(key))
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        self._reads.add(self._catalogue, ALL)
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.add(self._catalogue, ALL)
        return len(self._values)


class TrackedTerms(Tracked[Term]):
    """The glossary, which is searched by name."""

    def find(self, name: str) -> Term | None:
        """Find the term of a name or alias; only that name is written down."""
        self._reads.add("term names", name)
        return glossary.find(self._values, name)


class TrackedDay(date):
    """Today; each comparison is written down with its outcome, any other use as the day itself.

    A review that is due in May is not looked at anew every day until then.
    """

    _reads: Reads

    @classmethod
    def of(cls, day: date, reads: Reads) -> TrackedDay:
        """Give a day whose uses go to `reads`."""
        tracked = cls.fromordinal(day.toordinal())
        tracked._reads = reads
        return tracked

    @property
    def year(self) -> int:
        """Give the year; only that is written down."""
        self._reads.add("today", "year")
        return super().year

    def __getattribute__(self, name: str) -> Any:
        if name not in ("_reads", "__class__", "year"):
            object.__getattribute__(self, "_reads").add("today", ALL)
        return super().__getattribute__(name)


def _compared(sign: str) -> Callable[[TrackedDay, date], bool]:
    own: Callable[[date, date], bool] = getattr(date, sign)

    def compare(self: TrackedDay, other: date) -> bool:
        if isinstance(other, date):
            self._reads.add("today", f"{sign} {date.toordinal(other)}")
        return own(self, other)

    return compare


def _used(name: str) -> Callable[..., Any]:
    own = getattr(date, name)

    def use(self: TrackedDay, *others: Any) -> Any:
        self._reads.add("today", ALL)
        return own(self, *others)

    return use


_COMPARISONS = ("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__")
for _sign in _COMPARISONS:
    setattr(TrackedDay, _sign, _compared(_sign))
for _name in ("__add__", "__radd__", "__sub__", "__rsub__", "__hash__", "__str__", "__repr__"):
    setattr(TrackedDay, _name, _used(_name))


class Values:
    """The present values behind names, as digests; each is worked out when it is asked for."""

    def __init__(self, catalogues: Mapping[str, Mapping[str, Any]], today: date) -> None:
        self._catalogues = catalogues
        self._today = today
        self._known: dict[Name, bytes] = {}

    def digest(self, name: Name) -> bytes:
        """Digest what a name stands for now; a catalogue that is gone counts as empty."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._digest(*name)
        return found

    def _digest(self, catalogue: str, key: str) -> bytes:
        if catalogue == "today":
            return digests.of(self._ask_today(key))
        if catalogue == "term names":
            return digests.of(glossary.find(self._catalogues.get("terms", {}), key))
        values = self._catalogues.get(catalogue, {})
        if key == ALL:
            return digests.of(list(values))
        return digests.of(key in values, values.get(key))

    def _ask_today(self, question: str) -> object:
        sign, _, day = question.partition(" ")
        if sign in _COMPARISONS:
            return getattr(self._today, sign)(date.fromordinal(int(day)))
        return self._today.year if question == "year" else self._today
