"""Find the sentences that state no claim about health, whatever words they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wellsourced.rules import claim_words as words
from wellsourced.source.signs import holds

_SELLER = rf"(?:{'|'.join(words.SELLERS.split())}|source article)"
_PAGE = "(?:page|article|guide|section|chapter|table|list|chart|picture|map)"
_PERSON = rf"(?:{'|'.join(words.PROFESSIONS)})"
_SUBJECT = r"(?:an? |the |any )?(?:[\w'-]+ ){1,5}?"

_BEGINS = re.compile(
    "|".join(
        (
            # Words about the page.
            r"(?:see|read on|here (?:is|are)|below|above|we|our|two editors|a clinician has)\b",
            r"the part (?:that )?we (?:could )?read\b",
            rf"(?:in )?(?:the|this|that) (?:next |following |last )?{_PAGE}\b",
            r"there (?:is|are) (?:a variety|several|many|two|three|four|different) (?:of )?"
            r"(?:ways|kinds|types|reasons|options|conditions)\b",
            # What a word means.
            rf"{_SUBJECT}(?:means|refers to|stands for)\b",
            rf"{_SUBJECT}(?:is|are) (?:called|known as|defined as)\b",
            # True of anybody and anything.
            r"(?:every ?one|every ?body|no two|not every|not all|what (?:works|helps)|asking)\b",
            r"each (?:person|birth)\b|some people (?:like|prefer|choose)\b",
        )
    )
)
_HOLDS = re.compile(
    "|".join(
        (
            r"\b(?:medical advice|education only|general information|commission|not replace)\b",
            # What others say of their own goods.
            rf"\b{_SELLER} (?:says|claims|states|promises|lists|recommends|reports)\b",
            rf"\b(?:says|claims|according to) (?:the|its) {_SELLER}\b",
            rf"\b{_SELLER}'s (?:own )?(?:claim|words?)\b",
            r"\b(?:medical|another|the) (?:word|name|term) (?:for|that)\b",
            # What is not known.
            r"\bnot (?:yet |been )?(?:known|clear|certain)\b|\bun(?:known|clear|certain)\b",
            r"\b(?:do|does) not (?:tell|say|show) (?:what|whether|how|if)\b",
            r"\b(?:nobody|no one|(?:scientists|researchers|doctors) do not) knows?\b",
            r"\btoo early to (?:say|tell)\b",
            r"\bmore (?:[\w-]+ )?(?:research|studies|trials) (?:is|are) needed\b",
            r"\b(?:are|is) (?:still )?(?:testing|studying|under way)\b",
            r"\b(?:are|is) (?:still )?being (?:tested|studied|done)\b",
            r"\bno (?:trial|study) has (?:yet )?(?:compared|tested|looked|examined|studied)\b",
        )
    )
)
_ADMITS = (
    r"\b(?:gives?|gave|bears?|has|names?|with|lists?) no (?:reference|source|citation|figure)s?\b"
    r"|\bwithout (?:a|any) (?:reference|source|citation)\b"
    r"|\bfound no (?:stud|trial|evidence|source|research|reference)\w*"
)
_NO_SOURCE = re.compile(_ADMITS, re.IGNORECASE)
_GAP = re.compile(
    rf"{_ADMITS}|\bcould not (?:be )?(?:confirm|verif|find|found|check)\w*", re.IGNORECASE
)

_SIGNS = ("no ", "without a", "could not")
"""Without one of these a sentence admits nothing."""

_DEFINES = re.compile(rf"{_SUBJECT}(?:is|are) (?:an?|the|any|one of)\b")
_JUDGES = re.compile(
    r"\b(?:effective|risk factor|safe|unsafe|best|causes? of|leading|dangerous|deadly|common|good"
    r"|useful|helpful|proven|reliable)\b"
)
_AIMS = re.compile(
    r"\b(?:aims?|goals?|purpose|idea|hope|premise|theory) (?:[\w-]+ ){0,4}(?:is|are) (?:to|that)\b"
    r"|\b(?:meant|intended|designed|hoped|supposed) to\b"
)
_WORKS = re.compile(
    rf"(?:the |your |a )?(?:[\w-]+ )?{_PERSON} (?:can |may |will |also |often )*"
    r"(?:helps?|treats?|uses?|works?|relieve|ease|may|can|will)\b"
)
_LEAD_CLAUSE = re.compile(r"(?:if|when|as|before|during|after|until|once|while|unless|for) [^,]*, ")
_TO_YOU = re.compile(
    r"\byou (?:should|must|may want|may need|might want|may wish|need to|ought)\b"
    r"|\bit is (?:best|helpful|important|useful|wise|crucial) to\b|\b(?:make|be) sure\b"
    r"|\byou (?:can|could) (?:also )?(?P<verb>[a-z]+)\b"
)
_WORD = re.compile(r"[a-z']+")
_EFFECTS = frozenset(verb for verb in words.HARM_VERBS + words.BENEFIT_VERBS if verb[-1] == "s")


def is_exempt(text: str) -> bool:
    """Tell whether a lower-case sentence asks, defines, speaks of the page or admits a gap."""
    return (
        text.rstrip(" \"'”’)").endswith("?")
        or _BEGINS.match(text) is not None
        or _HOLDS.search(text) is not None
        or leaves_gap(text)
    )


def admits(text: str) -> bool:
    """Tell whether a sentence admits openly that no source was given or found."""
    return holds(text.casefold(), _SIGNS) and _NO_SOURCE.search(text) is not None


def leaves_gap(text: str) -> bool:
    """Tell whether a sentence admits that, or that something could not be confirmed."""
    return holds(text.casefold(), _SIGNS) and _GAP.search(text) is not None


def defines(text: str) -> bool:
    """Tell whether a lower-case sentence says what something is, and no more."""
    return _DEFINES.match(text) is not None and _JUDGES.search(text) is None


def states_aim(text: str) -> bool:
    """Tell whether a lower-case sentence says what is aimed at or believed."""
    return _AIMS.search(text) is not None


def tells_of_work(text: str) -> bool:
    """Tell whether a lower-case sentence says what a profession does."""
    return _WORKS.match(text) is not None


def advises(text: str, spoken: Sequence[str]) -> bool:
    """Tell whether a lower-case sentence, `spoken` as words, tells the reader what to do."""
    told = _TO_YOU.search(text)
    if told and (told["verb"] is None or told["verb"] in words.ADVICE_VERBS):
        return True
    lead = _LEAD_CLAUSE.match(text)
    said = _WORD.findall(text, lead.end()) if lead else spoken
    if not said or said[0] not in words.ADVICE_VERBS:
        return False
    after = said[1] if len(said) > 1 else ""
    return after not in words.ADVICE_SECOND and after not in _EFFECTS
