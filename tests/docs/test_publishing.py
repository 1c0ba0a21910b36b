"""The page on publishing names every host and what each is told, and its scripts run."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from wellsourced import manual
from wellsourced.policy import content_security_policy, headers
from wellsourced.policy.hosts import HOSTS, cloudflare, cloudfront, netlify, vercel

PAGE = (ROOT / "docs" / "publishing.md").read_text("utf-8")
FOLLOW = ROOT / "docs" / "examples" / "follow-release.sh"

# Stands in for the AWS command line: tells what it was asked, and answers as S3 would.
AWS = """#!/bin/sh
echo "$*" >>"$CALLS"
case "$*" in
    *current.json*) printf '%s' "$POINTER" ;;
    *describe*) echo ETVX123 ;;
esac
"""


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_is_shown(host: str) -> None:
    assert re.search(rf"--target {host}\b|`{host}`", PAGE)
    for target in re.findall(r"invoke hosts --target (\w+)", PAGE):
        assert target in HOSTS


def test_every_header_is_explained() -> None:
    for name in headers("index.html", content_security_policy([])):
        assert name == "Content-Type" or f"| {name} |" in PAGE


def test_every_option_that_is_shown_exists() -> None:
    tasks = manual.load_tasks(ROOT / "tasks.py")
    for line in PAGE.splitlines():
        if shown := re.match(r"\s*invoke ([\w.-]+)(.*)", line):
            known = {flag for one in tasks[shown[1]].get_arguments() for flag in one.names}
            for option in re.findall(r"--([a-z-]+)", shown[2]):
                assert option in known, line


def test_the_limits_are_those_of_the_code() -> None:
    for limit in (
        cloudflare.MOVES,
        cloudflare.LONGEST,
        netlify.LIMIT,
        vercel.LIMIT,
        cloudfront.FUNCTION_BYTES,
        cloudfront.CSP_LENGTH,
    ):
        assert f"{limit:,}" in PAGE
    assert f"{cloudflare.LIMIT} header rules" in PAGE
    assert f"{cloudfront.BEHAVIORS} cache behaviors" in PAGE


def follow(tmp_path: Path, pointer: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run the script with a stand-in for aws; give how it ended and what it asked for."""
    aws = tmp_path / "aws"
    aws.write_text(AWS, "utf-8")
    aws.chmod(0o755)
    calls = tmp_path / "calls"
    calls.touch()
    done = subprocess.run(
        [str(FOLLOW)],
        input="/articles/x/\n/about/\n",
        env={
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "BUCKET": "site-bucket",
            "STORE": "arn:of:store",
            "CALLS": str(calls),
            "POINTER": pointer,
        },
        capture_output=True,
        text=True,
        timeout=30,
    )
    return done, calls.read_text("utf-8").splitlines()


def test_the_edge_is_led_to_the_release(tmp_path: Path) -> None:
    done, calls = follow(tmp_path, json.dumps({"release": "0123abcd", "previous": "ffff"}))
    assert done.returncode == 0, done.stderr
    assert calls[1] == (
        "s3 cp s3://site-bucket/releases/0123abcd/404.html s3://site-bucket/404.html"
    )
    assert calls[-1] == (
        "cloudfront-keyvaluestore put-key --kvs-arn arn:of:store --if-match ETVX123 "
        "--key release --value 0123abcd"
    )


def test_a_broken_pointer_leads_nowhere(tmp_path: Path) -> None:
    done, calls = follow(tmp_path, "<html>")
    assert done.returncode != 0
    assert not any("put-key" in call for call in calls)
