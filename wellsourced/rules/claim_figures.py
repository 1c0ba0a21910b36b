"""Find the figures in a sentence: shares, sizes, counts of people, doses, times."""

from __future__ import annotations

import re

from wellsourced.rules import claim_words as words

_COUNT = rf"(?:\d[\d,.]{{0,12}}|{'|'.join(sorted(words.NUMBER_WORDS))})"
_TIME = r"(?:second|minute|hour|day|night|week|month|year)s?"
_PEOPLE = rf"(?:{'|'.join(words.COUNTED)})"
_UNIT = rf"(?:{'|'.join(words.DOSE_UNITS)})"
_NO_AGE = r"(?! (?:old|of age|ago|(?:or|and) (?:older|younger|up))\b)"
_SOME = r"(?:of )?(?:all |the )?(?:[\w.-]+ ){0,2}"

_SHARE = re.compile(
    rf"\d ?%|\bper ?cent\b|\b(?:one|1|{_COUNT}) (?:in|out of) (?:every |each )?{_COUNT}\b"
)
_DOSE = re.compile(rf"(?<![\w.])\d[\d,.]{{0,12}}(?: ?(?:to|-) ?\d[\d,.]{{0,12}})? ?{_UNIT}\b")
_SIZE = re.compile(
    rf"\b(?:half|thirds?|quarters?|fifth|majority|most) {_SOME}{_PEOPLE}\b"
    r"|\bby (?:half|a third|a quarter|two thirds)\b|\b(?:two|three|ten)fold\b"
    r"|\btwice (?:as|the)\b|\btimes (?:as|more|higher|less)\b|\ba (?:third|quarter|fifth) of\b"
    r"|\b(?:halv|doubl|tripl)(?:es?|ed) (?:the|your|its)\b|\baffects? (?:millions|thousands)\b"
)
_PERSONS = re.compile(
    rf"(?<![\w.])(?:\d[\d,.]{{0,12}}|millions?|thousands|hundreds|dozens) {_SOME}{_PEOPLE}\b"
)
_DURATION = re.compile(
    rf"\b(?:one|{_COUNT})(?: ?(?:to|or|and|-) ?{_COUNT})?[ -]{_TIME}\b{_NO_AGE}"
    rf"|\b(?:lasts?|lasted|after|within|takes?|first)(?: for)? (?:only |about |up to )?(?:a )?"
    rf"(?:few|several) {_TIME}\b|\bby (?:week|month|day) \d"
    r"|\b(?:takes?|lasts?|lasting|within) (?:(?:for|about|only|many|some) )*"
    r"(?:hours|days|weeks|months|years)\b"
)
_AGE = re.compile(r"\b(?:aged?|older|younger)\b(?: than| over| under)? \w+ (?:to \w+ )?years?\b")
_FREQUENCY = re.compile(
    rf"\b(?:once|twice|(?:{_COUNT}|several) times) (?:a|per|each|every) {_TIME}\b|\btwice daily\b"
)


def states_dose(text: str) -> bool:
    """Tell whether a lower-case text names an amount of a drug, a nutrient or a measurement."""
    return _DOSE.search(text) is not None


def states_share(text: str) -> bool:
    """Tell whether a lower-case text holds a percentage or a ratio such as "one in four"."""
    return _SHARE.search(text) is not None


def states_size(text: str) -> bool:
    """Tell whether a lower-case text counts people or studies, compares, or says how often."""
    return any(pattern.search(text) for pattern in (_SIZE, _PERSONS, _FREQUENCY))


def states_time(text: str) -> bool:
    """Tell whether a lower-case text says how long something takes or lasts; ages do not count."""
    return _DURATION.search(_AGE.sub("", text)) is not None
