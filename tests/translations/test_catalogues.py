"""Every word of the theme and the engine is in every catalogue, and no template hides one."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from wellsourced import messages
from wellsourced.rendering import words

from ..conftest import ROOT

THEME = ROOT / "theme"
TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
LANGUAGES = words.languages(THEME)[1:]
SPEAKING = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
# Attributes whose values readers are told, or that a script shows.
SAID = re.compile(r"\b(?:alt|aria-label|placeholder|title|data-[a-z]+)\s*=\s*\"([^\"]*)\"")
# Their values are for machines.
UNSAID = re.compile(
    r"\b(?:name|property|http-equiv|charset|rel|class|id|role|type|href|src|sizes|media|lang"
    r"|data-(?:pagefind|block|disclaimer|engine|tier|url|independent|product)[a-z-]*)"
    r"\s*=\s*\"[^\"]*\""
)
WORD = re.compile(r"[A-Za-z]{2,}")


def catalogue(language: str) -> Catalog:
    """Read a catalogue."""
    data = (THEME / words.FOLDER / language / words.FILE).read_bytes()
    return read_po(io.BytesIO(data), locale=language.replace("-", "_"), abort_invalid=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_message(language: str) -> None:
    known = {(m.id, m.context) for m in catalogue(language) if m.id}
    wanted = {(m.id, m.context) for m in messages.gather(THEME) if m.id}
    assert wanted - known == set(), "run `invoke translations`, and translate what is new"
    assert known - wanted == set(), "run `invoke translations`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(said), message.id
            assert not message.fuzzy, message.id
            assert [str(error) for error in message.check(catalogue(language))] == [], message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_and_values_are_kept(language: str) -> None:
    for message in catalogue(language):
        if message.id and not message.context:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            for given in said:
                assert parts(given) == parts(ids[-1]), message.id


def parts(text: str) -> list[str]:
    """List the tags and the places for values in a message."""
    return sorted(re.findall(r"<[^>]+>|%\(\w+\)s|\{\w+\}", text))


def bare(template: str) -> list[str]:
    """List the words of a template that no catalogue can translate."""
    environment = Environment(extensions=["jinja2.ext.i18n"])
    tree = environment.parse(template)
    found = [text for call in tree.find_all(nodes.TemplateData) for text in [call.data]]
    html = "\0".join(found)
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    said = [value for value in SAID.findall(UNSAID.sub("", html)) if WORD.search(value)]
    outside = re.sub(r"<[^<>]*>", "\1", html)
    texts = [text.strip() for text in re.split("[\0\1]", outside)]
    said += [text for text in texts if WORD.search(text) and not text.startswith("/")]
    spoken = {
        id(constant)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in SPEAKING
        for constant in call.find_all(nodes.Const)
    }
    said += [
        constant.value
        for constant in tree.find_all(nodes.Const)
        if id(constant) not in spoken
        and isinstance(constant.value, str)
        and re.search(r"(?<![%\w])[A-Z][a-z]+(?![\w.-])|[a-z]{2,} [a-z]{2,}", constant.value)
    ]
    return [" ".join(text.split()) for text in said]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_hides_a_word(path: Path) -> None:
    assert bare(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Contents</p>", ["Contents"]),
        ("<p>Published on {{ day }}</p>", ["Published on"]),
        ('<nav aria-label="Site">', ["Site"]),
        ('<script src="a.js" data-copy="Copy">', ["Copy"]),
        ('{% set verb = "Used in" %}', ["Used in"]),
        ('{{ "article" if one else "of all" }}', ["of all"]),
        ('<p>{{ _("Contents") }}</p>{% trans %}Published{% endtrans %}', []),
        ('<p class="a b" id="x">{# A comment. #}{{ name }}</p>', []),
    ],
)
def test_a_bare_word_is_seen(template: str, words: list[str]) -> None:
    assert bare(template) == words


def test_a_theme_without_a_catalogue_speaks_english_alone(tmp_path: Path) -> None:
    assert words.languages(tmp_path) == ("en",)
    with pytest.raises(LookupError, match='no words in "es"'):
        words.load(tmp_path, "es")


def test_updating_adds_what_is_new_and_drops_what_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / words.FOLDER / "es"
    folder.mkdir(parents=True)
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "a.html").write_text('{{ _("Home") }}{{ _("Contents") }}', "utf-8")
    old = 'msgid ""\nmsgstr "Language: es\\n"\n\nmsgid "Home"\nmsgstr "Inicio"\n\n'
    (folder / words.FILE).write_text(old + 'msgid "Gone"\nmsgstr "Ido"\n', "utf-8")
    assert messages.update(tmp_path) == [folder / words.FILE]
    known = read_po(io.BytesIO((folder / words.FILE).read_bytes()), locale="es")
    assert known["Home"].string == "Inicio"
    assert known["Contents"].string == ""
    assert "Gone" not in known
    assert messages.update(tmp_path) == []
