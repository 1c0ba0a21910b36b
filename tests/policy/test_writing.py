"""`invoke hosts` writes a host's files, or says why it cannot."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from wellsourced.policy.hosts import HOSTS, writing


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Lay a folder with a built site, its content's library and room for the host's files."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "index.html").write_text("<!doctype html><style>p{}</style>", "utf-8")
    library = tmp_path / "content" / "library"
    library.mkdir(parents=True)
    (library / "redirects.yaml").write_text("/old/: {to: /}\n", "utf-8")
    return tmp_path


def write(host: str, place: Path, *, preview: bool = False) -> dict[str, str]:
    """Write a host's files; give name → text."""
    made = writing.write(
        host, place / "output", place / "content", place / "out" / host, preview=preview
    )
    return {path.name: path.read_text("utf-8") for path in made}


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_is_told_what_moved(host: str, place: Path) -> None:
    first = write(host, place)
    assert "/old" in "".join(first.values())
    assert write(host, place) == first
    assert "noindex" in "".join(write(host, place, preview=True).values())
    assert "noindex" not in "".join(first.values())


@pytest.mark.parametrize(
    ("host", "breaking", "words"),
    [
        ("geocities", "", "There is no host geocities"),
        ("nginx", "output/index.html", "There is no built site"),
        ("nginx", "content/library/redirects.yaml", "redirects.yaml has faults"),
    ],
)
def test_what_cannot_be_written_is_said(host: str, breaking: str, words: str, place: Path) -> None:
    if breaking.endswith(".html"):
        (place / breaking).unlink()
    elif breaking:
        (place / breaking).write_text("/old: {to: nowhere}\n", "utf-8")
    with pytest.raises(writing.UnservableError, match=words):
        write(host, place)
    assert not (place / "out").exists()


def test_a_limit_is_said_with_the_host_s_name(place: Path) -> None:
    moved = "".join(f"/a{number}/: {{to: /}}\n" for number in range(700))
    (place / "content" / "library" / "redirects.yaml").write_text(moved, "utf-8")
    with pytest.raises(writing.UnservableError, match="cloudflare cannot serve this site: 700"):
        write("cloudflare", place)


def test_styles_that_are_still_served_are_let_in_too(place: Path) -> None:
    """The headers go first, so they must fit the pages before and after a release."""
    old = place / "old"
    old.mkdir()
    (old / "index.html").write_text("<!doctype html><style>p{color:red}</style>", "utf-8")
    alone = write("nginx", place)["wellsourced-maps.conf"]
    made = writing.write("nginx", place / "output", place / "content", place / "both", also=old)
    both = {path.name: path.read_text("utf-8") for path in made}["wellsourced-maps.conf"]
    assert len(set(re.findall("sha256-[^']*", alone))) == 1
    assert len(set(re.findall("sha256-[^']*", both))) == 2
    with pytest.raises(writing.UnservableError, match="There is no page in"):
        writing.write(
            "nginx", place / "output", place / "content", place / "x", also=place / "content"
        )


def test_the_task_writes_for_the_shipped_site(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    command = [sys.executable, "-m", "invoke", "-r", str(ROOT), "hosts", "--target", "netlify"]
    done = subprocess.run(
        [*command, "--output", str(copy), "--out", str(copy)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (copy / "_headers").is_file()
    assert (copy / "_redirects").is_file()
    done = subprocess.run(
        [*command[:-1], "gopher", "--output", str(copy)], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "There is no host gopher" in done.stderr
