"""Anchors are added to anchors.json and never taken away."""

from __future__ import annotations

import json
from pathlib import Path

from wellsourced.editing.anchor_recording import record, refusal
from wellsourced.editing.writing import replace
from wellsourced.library import anchors

from .site import load, valid_site

ARTICLE = "content/articles/what-is-dry-needling.md"
KEY = "articles/what-is-dry-needling"


def test_new_anchors_follow_the_published_ones(tmp_path: Path) -> None:
    before = valid_site(tmp_path).library.anchors[KEY]
    path = tmp_path / ARTICLE
    path.write_text(path.read_text("utf-8") + "\n## New {#new}\n\nText.\n", "utf-8")
    done = record(load(tmp_path))
    assert done.added[-1] == (ARTICLE, "new")
    after = json.loads(done.data)[KEY]
    assert after["published"][: len(before.published)] == list(before.published)
    assert after["published"][-1] == "new"
    assert after["redirects"] == dict(before.redirects)
    replace(tmp_path / "content/library/anchors.json", done.data)
    assert record(load(tmp_path)).added == ()


def test_a_vanished_anchor_stays_recorded(tmp_path: Path) -> None:
    valid_site(tmp_path)
    path = tmp_path / ARTICLE
    path.write_text("Title: What is dry needling\n\nText.\n", "utf-8")
    before = load(tmp_path).library.anchors[KEY].published
    done = record(load(tmp_path))
    assert done.added == ()
    assert json.loads(done.data)[KEY]["published"] == list(before)


def test_a_draft_promises_nothing(tmp_path: Path) -> None:
    valid_site(tmp_path)
    path = tmp_path / "content/articles/new.md"
    path.write_text("Title: New\nStatus: Draft\n\n## New {#new}\n\nText.\n", "utf-8")
    assert "articles/new" not in json.loads(record(load(tmp_path)).data)


def test_a_faulty_record_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "anchors.json"
    for text in ("{", '{"articles/x": {"publised": ["a"]}}'):
        path.write_text(text, "utf-8")
        _, found = anchors.load(path, "content/library/anchors.json")
        assert refusal(found).startswith("anchors.json has errors")
    path.write_text('{"articles/x": {"published": ["a"]}}', "utf-8")
    assert refusal(anchors.load(path, "content/library/anchors.json")[1]) == ""
