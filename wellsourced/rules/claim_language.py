"""Tell whether a sentence makes a claim about health that a source has to bear.

A figure, a statement that something helps, or one that something harms. It goes by word lists
and patterns alone; docs/claims.md says how well, measured on sentences that people labelled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from wellsourced.rules import claim_exemptions as exemptions
from wellsourced.rules import claim_figures as figures
from wellsourced.rules import claim_words as words

ClaimKind = Literal["figure", "efficacy", "risk"]
Phrases = dict[str, tuple[re.Pattern[str], ...]]

_WORD = re.compile(r"\d[\d,.]*\d|\d|%|[a-zµμ]+(?:['-][a-z]+)*")
_DIGIT = re.compile(r"\d")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "–": "-", "\u00a0": " ", "\n": " ", "\r": " "})
_HARM = frozenset(words.HARM_VERBS)
_BENEFIT = frozenset(words.BENEFIT_VERBS)
_PROFESSION = re.compile("|".join(words.PROFESSIONS))


def _phrases(listed: str) -> Phrases:
    """Map each word that calls for phrases to their patterns."""
    found: Phrases = {}
    for line in listed.strip().splitlines():
        triggers, _, phrase = line.partition(": ")
        parts = words.PHRASE_PARTS | {"WORD": f"(?:{'|'.join(triggers.split())})"}
        for name, part in parts.items():
            phrase = phrase.replace(name, part)
        for word in triggers.split():
            found[word] = (*found.get(word, ()), re.compile(rf"\b(?:{phrase})"))
    return found


_HARM_PHRASES = _phrases(words.HARM_PHRASES)
_BENEFIT_PHRASES = _phrases(words.BENEFIT_PHRASES)
_FIGURES = words.NUMBER_WORDS | words.SHARE_WORDS
_TRIGGERS = _HARM | _BENEFIT | _HARM_PHRASES.keys() | _BENEFIT_PHRASES.keys() | _FIGURES


def classify(sentence: str) -> ClaimKind | None:
    """Give the kind of claim that a plain sentence makes, or None."""
    text = sentence.lower()
    if not text.isascii() or "\n" in text or "\r" in text:
        text = text.translate(_STRAIGHT)
    text = text.lstrip(" \"'“*([")
    spoken = _WORD.findall(text)
    hits = _TRIGGERS.intersection(spoken)
    counts = not hits.isdisjoint(_FIGURES) or _DIGIT.search(text) is not None
    if not (hits or counts) or exemptions.is_exempt(text):
        return None
    if exemptions.advises(text, spoken):
        return "figure" if counts and figures.states_dose(text) else None
    defines = exemptions.defines(text)
    if counts and _states_figure(text, spoken, defines):
        return "figure"
    if defines or exemptions.states_aim(text):
        return None
    if _says(text, spoken, hits, _HARM, _HARM_PHRASES):
        return "risk"
    if not exemptions.tells_of_work(text) and _says(text, spoken, hits, _BENEFIT, _BENEFIT_PHRASES):
        return "efficacy"
    return None


def _states_figure(text: str, spoken: Sequence[str], defines: bool) -> bool:
    if figures.states_share(text) or figures.states_dose(text):
        return True
    if "united" not in spoken and not words.LEGAL.isdisjoint(spoken):
        return False  # how many states or insurers allow something is no matter of health
    return figures.states_size(text) or (not defines and figures.states_time(text))


def _says(
    text: str,
    spoken: Sequence[str],
    hits: frozenset[str],
    verbs: frozenset[str],
    phrases: Phrases,
) -> bool:
    """Tell whether a sentence holds one of the phrases, or one of the verbs as its verb."""
    if any(phrase.search(text) for word in hits for phrase in phrases.get(word, ())):
        return True
    return any(_is_verb(spoken, at) for at, word in enumerate(spoken) if word in verbs)


def _is_verb(spoken: Sequence[str], place: int) -> bool:
    """Tell whether a word is the verb of a statement, by the word before it.

    "May ease", "thinners prevent" and "yoga eases" are; "the cut", "is used to treat", "doctors
    treat" and "lower back" are not.
    """
    if place == 0:
        return False
    word, before = spoken[place], spoken[place - 1]
    if " ".join(spoken[place : place + 2]) in words.NAMES:
        return False
    if before == "to":
        return place > 1 and spoken[place - 2] in words.TO_EFFECT
    if before in words.MODALS or before.endswith("n't"):
        return True
    if before in words.NOT_A_SUBJECT or _PROFESSION.fullmatch(before):
        return False
    if word.endswith(("s", "ed")) or word == "led":
        return True
    return before.endswith(("s", "ly"))
