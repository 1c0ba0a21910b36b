"""Measure how hard a text is to read, by the Flesch-Kincaid grade.

    grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59

The grade is that of a school in the United States: an eighth-grader reads grade 8 with ease.
Source: Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas",
Research Branch Report 8-75, Naval Technical Training Command, 1975.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"https?://\S+|[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d,.]*\d|\d")
_VOWELS = re.compile(r"[aeiouyàâäéèêëïîôöùûü]+")
_TWO_SOUNDS = re.compile(
    r"(?<![tscgx])i[ao]|(?<=[ct])iat|iu|(?<![gq])ua|eo|iet|(?<![tc])ien(?!d)|(?<=\w{2})ea$|(?<=\w)y[ao]"
    r"|uou|[st]hm$|sm$"
)
"""Vowels that stand side by side and are spoken apart, as in "manual"; "rhythm" has one unseen."""
_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouyl])le$|(?<=[gq])ue$|(?<=[^aeiouytd])ed$")
_PLURAL = re.compile(r"(?<=[^suic])s$")
_SOUNDED_PLURAL = re.compile(r"(?:[cgsxz]|ch|sh)es$")
_ENDING = re.compile(r"(?<=\w{3})(?:ly|ness|ments?|ful|less|where|times)$")
_KNOWN = {
    "be": 1, "being": 2, "business": 2, "contraindication": 6, "contraindications": 6, "create":
    2, "created": 3, "creates": 2, "creating": 3, "diabetes": 4, "doing": 2, "evening": 2,
    "every": 2, "everyone": 3, "fluid": 2, "going": 2, "medicine": 3, "people": 2, "quiet": 2,
    "recipe": 3, "safety": 2, "science": 2, "seeing": 2, "someone": 2, "syncope": 3, "therefore":
    2,
}  # fmt: skip
"""Words that the patterns count wrong and health texts are full of."""


@lru_cache(maxsize=1 << 15)
def syllables(word: str) -> int:
    """Count the syllables of an English word; a number or letters without a vowel counts one."""
    bare = word.lower().replace("’", "'").split("'")[0]
    if bare in _KNOWN:
        return _KNOWN[bare]
    if ending := _ENDING.search(bare):
        return syllables(bare[: ending.start()]) + 1
    if not _SOUNDED_PLURAL.search(bare):
        bare = _PLURAL.sub("", bare)
    groups = len(_VOWELS.findall(bare)) + len(_TWO_SOUNDS.findall(bare))
    return max(1, groups - (groups > 1 and _SILENT.search(bare) is not None))


@lru_cache(maxsize=1 << 10)
def words(text: str) -> tuple[str, ...]:
    """List the words of a plain text; a number or an address is one, a hyphen parts two."""
    return tuple(_WORD.findall(text))


def grade(sentences: Iterable[str]) -> float:
    """Give the Flesch-Kincaid grade of sentences; 0 when they hold no word."""
    counts = [words(sentence) for sentence in sentences]
    spoken = [word for sentence in counts for word in sentence]
    told = sum(1 for sentence in counts if sentence)
    if not spoken:
        return 0.0
    weight = sum(map(syllables, spoken)) / len(spoken)
    return 0.39 * len(spoken) / told + 11.8 * weight - 15.59
