"""The example workflow holds no more rights than it needs, and calls what exists."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, require
from wellsourced import manual

FILE = ROOT / "docs" / "examples" / "publish.yml"
TEXT = FILE.read_text("utf-8")
# YAML 1.1 reads the key `on` as true; the Base loader leaves every word a word.
WORKFLOW: Mapping[str, Any] = yaml.load(TEXT, Loader=yaml.BaseLoader)
JOBS: Mapping[str, Any] = WORKFLOW["jobs"]
UV = ROOT / ".tools" / "bin" / "uv"


def steps(job: str) -> list[Mapping[str, Any]]:
    """Give the steps of a job."""
    found: list[Mapping[str, Any]] = JOBS[job]["steps"]
    return found


def commands(job: str) -> str:
    """Join what a job runs in a shell."""
    return "\n".join(step["run"] for step in steps(job) if "run" in step)


def uses(job: str) -> list[str]:
    """Name the actions of a job, without their pins."""
    return [step["uses"].partition("@")[0] for step in steps(job) if "uses" in step]


def test_a_fork_s_code_never_meets_a_secret() -> None:
    assert set(WORKFLOW["on"]) == {"push", "pull_request"}
    assert "pull_request_target" not in TEXT
    assert "secrets." not in TEXT
    assert JOBS["preview"]["if"].endswith("head.repo.full_name == github.repository")


def test_rights_are_the_least() -> None:
    assert WORKFLOW["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "build": {"contents": "read"},
        "attest": {"id-token": "write", "attestations": "write"},
        "deploy": {"contents": "read", "id-token": "write", "attestations": "read"},
        "preview": {"contents": "read", "id-token": "write"},
    }


def test_the_build_is_no_place_of_trust() -> None:
    assert "environment" not in JOBS["build"]
    assert not any("aws" in action for action in uses("build"))
    assert "run" not in {key for step in steps("attest") for key in step}


def test_what_is_deployed_was_built_attested_and_approved() -> None:
    deploy = JOBS["deploy"]
    assert deploy["environment"]["name"] == "production"
    assert deploy["needs"] == ["build", "attest"]
    assert JOBS["attest"]["if"] == "github.event_name == 'push'"
    assert WORKFLOW["on"]["push"] == {"branches": ["main"]}
    assert "invoke build" not in commands("deploy")
    order = [str(step.get("uses", step.get("run", ""))) for step in steps("deploy")]
    told = [
        next(at for at, step in enumerate(order) if part in step)
        for part in ("gh attestation verify", "configure-aws-credentials", "publish --built")
    ]
    assert told == sorted(told)


def test_a_preview_is_noindex_and_goes_elsewhere() -> None:
    assert "--preview" in commands("preview")
    deployed, shown = (str(JOBS[name]) for name in ("deploy", "preview"))
    assert "PREVIEW_TARGET" in shown
    assert "PREVIEW_ROLE" in shown
    assert "PREVIEW" not in deployed


def every_use() -> Iterator[str]:
    """Give each line of the file that uses an action."""
    yield from re.findall(r"uses: (.*)", TEXT)


def test_actions_are_pinned_to_commits_and_say_which_tag() -> None:
    pins: dict[str, str] = {}
    for one in every_use():
        match = re.fullmatch(r"([\w-]+/[\w-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", one)
        assert match, one
        assert pins.setdefault(match[1], match[2]) == match[2]
    assert len(pins) == 6


def test_no_word_of_a_pull_request_reaches_a_shell() -> None:
    for name in JOBS:
        assert "${{" not in commands(name)


def test_checkouts_leave_no_token_behind() -> None:
    for name in JOBS:
        for step in steps(name):
            if "actions/checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] == "false"


def test_every_job_ends() -> None:
    assert all(int(job["timeout-minutes"]) <= 60 for job in JOBS.values())


@pytest.mark.parametrize("job", JOBS)
def test_tasks_and_their_options_exist(job: str) -> None:
    tasks = manual.load_tasks(ROOT / "tasks.py")
    for name, options in re.findall(r"bin/invoke ([\w.-]+)((?: --\S+(?: \w+)?)*)", commands(job)):
        known = {flag for one in tasks[name].get_arguments() for flag in one.names}
        for option in re.findall(r"--([\w-]+)", options):
            assert option.replace("-", "_") in known, f"invoke {name} --{option}"


def test_make_knows_its_targets() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for job in JOBS:
        for target in re.findall(r"\bmake (\S+)", commands(job)):
            assert re.search(rf"^{re.escape(target)}:|:= {re.escape(target)}$", makefile, re.M)


def test_the_list_of_parts_can_be_made() -> None:
    require(UV.exists(), "uv")
    found = re.search(r"uv (export .*?)--output-file", " ".join(commands("build").split()))
    assert found
    done = subprocess.run(
        [str(UV), *found[1].split(), "--offline"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    parts = json.loads(done.stdout)
    assert (parts["bomFormat"], parts["specVersion"]) == ("CycloneDX", "1.5")
    by_name = {part["name"]: part for part in parts["components"]}
    assert by_name["pelican"]["purl"].startswith("pkg:pypi/pelican@")
    assert "pytest" not in by_name
