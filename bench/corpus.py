"""Write the same varied articles for every generator: seeded, as many as are asked for.

For ours they hold cites, terms, products and blocks; peers get the same words with plain links and
quotations in their place, since they know none of these.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEED = 2026
WORDS = 1800
SHARED_BY = 20
"""Articles that cite the reference `shared`, which a benchmark edits."""

_WORDS = (
    "the of and to in is that it for was on are with as they be at this have from or had by "
    "needle muscle clinic table therapist patient study weeks group movement skin room practice "
    "state rule license nurse session chart paper letter window garden market river morning"
).split()
_TIERS = ("systematic-review", "randomised-trial", "observational-study", "guideline", "survey")
_TOPICS = ("Treatments", "Conditions", "Exercises", "Devices", "Rules")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an article: its kind, and its sentences, each a list of tokens."""

    kind: str
    sentences: tuple[tuple[tuple[str, str], ...], ...]
    """Tokens are (kind, text): word, emphasis, cite, term, link."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article, before it is written for one generator."""

    number: int
    title: str
    day: date
    topic: str
    summary: str
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """Give its slug."""
        return f"article-{self.number}"


def articles(count: int) -> Iterator[Article]:
    """Make articles, each from a seed of its own: the first ones of 10,000 are those of 1,000."""
    for number in range(count):
        draw = random.Random(SEED + number)
        topic = draw.choice(_TOPICS)
        yield Article(
            number,
            f"{topic}: {' '.join(draw.sample(_WORDS[24:], 3))}, part {number}",
            date(2026, 11, 1) - timedelta(days=number % 2000),
            topic,
            _plain(_sentence(draw, number, ())),
            tuple(_parts(draw, number, _keys(draw, number))),
        )


def _keys(draw: random.Random, number: int) -> tuple[str, ...]:
    own = tuple(f"work{draw.randrange(40 + number // 5)}" for _ in range(8))
    return (*own, "shared") if number < SHARED_BY else own


def _parts(draw: random.Random, number: int, keys: tuple[str, ...]) -> Iterator[Part]:
    written, sections = 0, 0
    yield Part("text", tuple(_sentence(draw, number, keys[-1:]) for _ in range(3)))
    while written < WORDS:
        kind = draw.choice(("text",) * 7 + ("list", "table", "block", "heading", "heading"))
        if kind == "heading":
            sections += 1
            yield Part("heading", (_words(draw, 4),))
            kind = "text"
        sentences = tuple(_sentence(draw, number, keys) for _ in range(draw.randint(3, 6)))
        if kind == "table":
            sentences = tuple(_words(draw, 6) for _ in sentences)
        written += sum(len(sentence) for sentence in sentences)
        yield Part(kind, sentences)


def _words(draw: random.Random, count: int) -> tuple[tuple[str, str], ...]:
    return tuple(("word", word) for word in draw.choices(_WORDS, k=count))


def _sentence(
    draw: random.Random, number: int, keys: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    tokens = list(_words(draw, draw.randint(8, 18)))
    tokens[0] = ("word", tokens[0][1].capitalize())
    chance = draw.random()
    if chance < 0.08:
        tokens[3] = ("term", draw.choice(("trigger point", "acupuncture")))
    elif chance < 0.14:
        tokens[4] = ("link", f"article-{draw.randrange(max(number, 1))}")
    elif chance < 0.20:
        tokens[5] = ("emphasis", tokens[5][1])
    if (keys and draw.random() < 0.15) or len(keys) == 1:
        tokens.append(("cite", draw.choice(keys)))
    return tuple(tokens)


def _plain(sentence: tuple[tuple[str, str], ...]) -> str:
    return " ".join(text for kind, text in sentence if kind != "cite") + "."


def write_ours(folder: Path, count: int) -> None:
    """Write a content folder of ours: articles, a library, one page."""
    site = ROOT / "tests" / "sites" / "valid"
    for name in ("glossary.yaml", "products.yaml", "people.yaml", "disclaimers"):
        source, target = site / "library" / name, folder / "library" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    shutil.copytree(site / "images", folder / "images")
    (folder / "pages").mkdir()
    shutil.copy(site / "pages" / "404.md", folder / "pages")
    (folder / "library" / "references.json").write_text(_references(count, site), "utf-8")
    (folder / "articles").mkdir()
    for article in articles(count):
        text = "".join(_ours(article))
        (folder / "articles" / f"{article.name}.md").write_text(text, "utf-8")


def _references(count: int, site: Path) -> str:
    known = json.loads((site / "library" / "references.json").read_text("utf-8"))
    keys = [f"work{number}" for number in range(40 + count // 5)]
    for number, key in enumerate([*keys, "shared"]):
        draw = random.Random(SEED * 7 + number)
        known.append(
            {
                "id": key,
                "type": "article-journal",
                "title": f"On {' '.join(draw.sample(_WORDS[24:], 5))}, {key}",
                "author": [{"family": draw.choice(_WORDS[24:]).capitalize(), "given": "A."}],
                "issued": {"date-parts": [[2018 + number % 8]]},
                "container-title": "Journal of Examples",
                "URL": f"https://example.org/{key}",
                "custom": {
                    "url_status": "ok",
                    "checked": "2026-11-01",
                    "tier": _TIERS[number % 5],
                },
            }
        )
    return json.dumps(known, indent=1)


def _ours(article: Article) -> Iterator[str]:
    yield (
        f"Title: {article.title}\nSlug: {article.name}\nDate: {article.day}\nAuthor: editors\n"
        f"Category: {article.topic}\nSummary: {article.summary}\nChecked: {article.day}\n\n"
    )
    section = 0
    for part in article.parts:
        sentences = [" ".join(_token(*token) for token in s) + "." for s in part.sentences]
        if part.kind == "heading":
            section += 1
            yield f"## {sentences[0][:-1].capitalize()} {{#s{section}}}\n\n"
        elif part.kind == "block":
            yield "/// warning | Take care\n" + "\n".join(sentences) + "\n///\n\n"
        else:
            yield _block(part.kind, sentences)
    if article.number % 3 == 0:
        yield "/// products | Things to use\n    items: [biofreeze, theraband-clx]\n///\n\n"
        yield "/// disclaimer | drug\n///\n\n"
    yield "/// disclaimer | medical\n///\n"


def _token(kind: str, text: str) -> str:
    forms = {
        "emphasis": f"*{text}*",
        "term": f"[[{text}]]",
        "link": f"[that article]({{filename}}/articles/{text}.md)",
        "cite": f"[@{text}]",
    }
    return forms.get(kind, text)


def _block(kind: str, sentences: list[str]) -> str:
    if kind == "list":
        return "".join(f"- {sentence}\n" for sentence in sentences) + "\n"
    if kind == "table":
        rows = "".join(f"| {sentence[:20].strip()} | {sentence} |\n" for sentence in sentences)
        return f"| What | Seen |\n| --- | --- |\n{rows}\n"
    return " ".join(sentences) + "\n\n"


def plain_body(article: Article, address: str) -> str:
    """Give an article's body in plain Markdown; `address` makes a link's target of a slug."""

    def token(kind: str, text: str) -> str:
        forms = {
            "emphasis": f"*{text}*",
            "term": f"[{text}]({address.format('article-0')})",
            "link": f"[{text}]({address.format(text)})",
            "cite": f"[1](https://example.org/{text})",
        }
        return forms.get(kind, text)

    written = []
    for part in article.parts:
        sentences = [" ".join(token(*one) for one in s) + "." for s in part.sentences]
        if part.kind == "heading":
            written.append(f"## {sentences[0][:-1].capitalize()}\n\n")
        elif part.kind == "block":
            written.append("".join(f"> {sentence}\n" for sentence in sentences) + "\n")
        else:
            written.append(_block(part.kind, sentences))
    return "".join(written)
