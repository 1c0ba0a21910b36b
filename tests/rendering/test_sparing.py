"""The sparing extension gives the bytes that Python-Markdown's own gives, in every way of use."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Comment, Element, ProcessingInstruction, QName, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown, blockprocessors, inlinepatterns, markdown, serializers
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor

from wellsourced.rendering import sparing
from wellsourced.rendering.sparing import SparingExtension
from wellsourced.rendering.sparing.needs import needed

ROOT = Path(__file__).resolve().parent.parent.parent
SPEC = ROOT / "tests" / "node_modules" / "commonmark-spec" / "spec.txt"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.$", re.M | re.S)
SETS = {
    "bare": [],
    "usual": ["extra", "toc", "admonition", "smarty"],
    "notes": ["footnotes", "abbr", "attr_list", "sane_lists", "nl2br", "wikilinks", "meta"],
    "old": ["legacy_em", "legacy_attrs", "md_in_html", "def_list"],
}
TEXTS = sorted(
    path
    for folder in ("content", "docs", "tests/sites/valid")
    for path in (ROOT / folder).rglob("*.md")
)
PIECES = st.sampled_from(
    [
        *"`*_[]()<>&!\\\n @#|~^:{}\"'-.\x02\x03é",
        "  \n", "\n\n", "**", "__", "``", "![", "](", "[a]: http://b.c\n\n", "[a]", "[x][a]",
        "[b](c)", "![d](e 'f')", "<http://a.b>", "<a@b.c>", "&amp;", "&#65;", "<b>", "</b>",
        "<!-- x -->", "<div markdown>", "</div>", "\\*", "\\[", "\\", "word", "[^1]", "[^1]: n\n\n",
        "two words", "- item\n", "> quote\n", "1. one\n", "*[HTML]: x\n\n", "HTML", "[[wiki]]",
        "| a | b |\n|---|---|\n| c | d |\n", "# h\n", "{: .c }", "--", "...",
        "\x02klzzwxh:0000\x03",
    ]
)  # fmt: skip


def examples() -> list[str]:
    """Give the examples of the CommonMark specification, in which an arrow stands for a tab."""
    found = EXAMPLE.findall(SPEC.read_text("utf-8"))
    return [text.replace("→", "\t") for text in found]


def both(text: str, extensions: list[str], form: str = "html") -> tuple[str, str]:
    plain = Markdown(extensions=extensions, output_format=form)  # type: ignore[arg-type]
    spared = Markdown(extensions=[SparingExtension(), *extensions], output_format=form)  # type: ignore[arg-type]
    return converted(plain, text), converted(spared, text)


def converted(md: Markdown, text: str) -> str:
    """Convert a text, or give what stopped that."""
    try:
        return md.convert(text)
    except Exception as error:
        return repr(error)


@pytest.mark.parametrize("form", ["html", "xhtml"])
@pytest.mark.parametrize("extensions", SETS.values(), ids=SETS)
def test_the_examples_of_commonmark_stay_the_same(extensions: list[str], form: str) -> None:
    texts = examples()
    assert len(texts) > 600
    for text in [*texts, "\n\n".join(texts)]:
        expected, got = both(text, extensions, form)
        assert got == expected


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_of_this_project_stay_the_same(path: Path) -> None:
    for extensions in SETS.values():
        expected, got = both(path.read_text("utf-8"), extensions)
        assert got == expected


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=400)
def test_any_text_stays_the_same(text: str) -> None:
    for extensions in SETS.values():
        expected, got = both(text, extensions)
        assert got == expected


@given(st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=2, max_size=4))
@settings(max_examples=100)
def test_texts_in_a_row_stay_the_same(texts: list[str]) -> None:
    plain = Markdown(extensions=SETS["usual"])
    spared = Markdown(extensions=[*SETS["usual"], SparingExtension()])
    for text in texts:
        assert converted(spared.reset(), text) == converted(plain.reset(), text)


def test_it_goes_by_its_name() -> None:
    assert markdown("*a*", extensions=["wellsourced.rendering.sparing"]) == "<p><em>a</em></p>"


def test_passes_of_other_extensions_are_spared_too() -> None:
    md = Markdown(extensions=[SparingExtension(), "smarty"])
    md.convert("a")
    for name in ("inline", "smarty"):
        assert type(md.treeprocessors[name]) is sparing.SparingInlineProcessor
    assert md.serializer is sparing.to_xhtml


def test_what_another_extension_put_in_stays() -> None:
    class Other(InlineProcessor):
        pass

    class Putting(Extension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
            md.treeprocessors.register(Other(md), "inline", 20)

    md = Markdown(extensions=[SparingExtension(), Putting()])
    md.serializer = lambda element: f"<div>{element.tag}</div>"
    assert md.convert("*a*") == "div"
    assert type(md.treeprocessors["inline"]) is Other


def test_patterns_that_come_late_are_tried() -> None:
    md = Markdown(extensions=[SparingExtension()])
    assert md.convert("a§b") == "<p>a§b</p>"
    md.inlinePatterns.register(inlinepatterns.SubstituteTagInlineProcessor("§", "hr"), "s", 1)
    md.delimiters.add("~", "del,s")
    assert md.convert("a§~~b~~") == "<p>a<hr />\n<del>b</del></p>"


def test_block_processors_of_other_classes_are_asked_about_all() -> None:
    class Shouting(blockprocessors.HashHeaderProcessor):
        RE = re.compile(r"(?:^|\n)(?P<level>!)(?P<header>.*?)(?:\n|$)")

    class Putting(Extension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
            md.parser.blockprocessors.register(Shouting(md.parser), "hashheader", 70)

    md = Markdown(extensions=[SparingExtension(), Putting()])
    for _ in range(2):
        assert md.convert("!a\n\nb\n=\n\n***") == "<h1>a</h1>\n<h1>b</h1>\n<hr />"
    assert "test" in vars(md.parser.blockprocessors["hr"])


def test_what_stands_before_a_match_may_be_passed_already() -> None:
    class Passing(inlinepatterns.InlineProcessor):
        def handleMatch(  # noqa: N802
            self, m: re.Match[str], data: str
        ) -> tuple[Element | None, int, int]:
            return (Element("hr") if m[0] == "b" else None), m.start(), m.end()

    class Putting(Extension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
            md.inlinePatterns.register(Passing(r"(?<=§)a|(?<=§a)b"), "passing", 1)

    expected = markdown("§ab", extensions=[Putting()])
    assert "<hr />" in expected
    assert markdown("§ab", extensions=[Putting(), SparingExtension()]) == expected


def test_a_wrong_need_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparing, "needed", lambda expression: frozenset("\x00"))
    expected, got = both("*a*", [])
    assert got != expected


def test_needs_are_read_off_expressions() -> None:
    patterns = Markdown(extensions=["footnotes", "smarty"]).inlinePatterns
    found = {
        name: set(needed(patterns[name].getCompiledRegExp()))
        for name in (
            "backtick escape reference link image_link autolink automail html entity linebreak "
            "em_strong footnote"
        ).split()
    }
    assert found == {
        "backtick": {"\\", "`"}, "escape": {"\\"}, "reference": {"["}, "link": {"["},
        "image_link": {"!["}, "autolink": {"://"}, "automail": {"<"}, "html": {"<"},
        "entity": {"&"},
        "linebreak": {"  \n"}, "em_strong": {"*", "_"}, "footnote": {"[^"},
    }  # fmt: skip


EXPRESSIONS = (
    r"a", r"a|b", r"a|b?", r"[ab]c*", r"[^a]b", r"(?:a|(b))c?", r"a*b+?", r"(?i)k", r"(?i:k)b?",
    r"(?<!a)b", r"(?<=a)b*", r"(?=a)", r"(?!a)", r"(?>a|b)", r"a*+b", r"(a)?(?(1)b|c)", r"\bab",
    r"[a-c]", r"\w", r".", r"", r"(a)\1", r"^(.*?)\[b(.*)$", r"(?:ab){0}", r"(?:ab){2,}", r"a{0,1}",
    r"(?s-i:a)", r"[ſk]", r"ab|ca", r"ab(?=c)", r"(?<=ab)c", r"abc?", r"(?:ab)?c", r"a b",
)  # fmt: skip


@given(st.text(st.sampled_from("abckKſK[\n "), max_size=8))
@settings(max_examples=500)
def test_no_match_is_without_what_it_needs(text: str) -> None:
    for source in EXPRESSIONS:
        expression = re.compile(source, re.DOTALL)
        needs = needed(expression)
        if expression.search(text) and needs:
            assert any(one in text for one in needs), source


def test_trees_of_any_kind_are_written_as_before() -> None:
    root = Element("div")
    special = SubElement(root, "p", {"b": '"<&amp;>\n', "a": "&x", "open": "open", "é": "ü"})
    special.text, special.tail = "a<b>&c;&d", "</p>"
    SubElement(root, "br", checked="checked").text = "in"
    SubElement(SubElement(root, "img"), "b").tail = "x"
    trees = [root, Element("br")]
    for tag in (Comment, ProcessingInstruction, QName("{a}b"), "SCRIPT", "script", "Style", None):
        tree = Element("div")
        other = SubElement(tree, "p")
        odd = Element("x")
        odd.tag, odd.text, odd.tail = tag, "a<b", "c<d"  # type: ignore[assignment]
        other.append(odd)
        trees.append(tree)
    valueless = Element("p")
    valueless.set("a", None)  # type: ignore[arg-type]
    trees += [valueless, Element("p", {QName("a"): QName("b")})]  # type: ignore[dict-item]
    for tree in trees:
        assert sparing.to_html(tree) == serializers.to_html_string(tree)
        assert sparing.to_xhtml(tree) == serializers.to_xhtml_string(tree)
