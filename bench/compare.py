"""Build the same articles with several generators in turn, and put their costs side by side."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.measuring import Cost, run
from bench.peers import PEERS
from bench.peers.peer import Peer, edit

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results.json"
PAGE = ROOT / "docs" / "speed.md"
_BEGIN, _END = "<!-- the table begins -->", "<!-- the table ends -->"
OURS = "wellsourced"
STEPS = ("cold", "unchanged", "edit", "reference", "template")

Costs = Mapping[str, Mapping[str, Cost]]
"""Mapping generator → step → what it took."""


def measure(articles: int, peers: Sequence[str], folder: Path) -> tuple[Costs, Mapping[str, str]]:
    """Measure ours and the named peers; also give why a peer could not be measured."""
    costs: dict[str, Mapping[str, Cost]] = {}
    left_out: dict[str, str] = {}
    for name in (OURS, *peers):
        peer = PEERS[name]
        site = folder / f"{name}-{articles}"
        shutil.rmtree(site, ignore_errors=True)
        try:
            peer.install(folder / "tools")
            peer.lay(site, articles)
            costs[name] = _measure(peer, folder / "tools", site, articles)
        except (RuntimeError, OSError, subprocess.CalledProcessError) as problem:
            left_out[name] = str(problem)
        finally:
            shutil.rmtree(site, ignore_errors=True)
    return costs, left_out


def _measure(peer: Peer, tools: Path, site: Path, articles: int) -> Mapping[str, Cost]:
    command = peer.command(tools.resolve(), site)

    def once() -> Cost:
        return run(command, site)

    costs = {"cold": once(), "unchanged": once()}
    edit(peer.article(site, articles // 2))
    costs["edit"] = once()
    for name, change in peer.edits.items():
        change(site)
        costs[name] = once()
    return costs


def ratios(costs: Costs, peers: Sequence[str]) -> Mapping[str, float]:
    """Give our wall times as parts of the first peer's cold build."""
    measured = next((name for name in peers if name in costs), None)
    if measured is None or OURS not in costs:
        return {}
    whole = costs[measured]["cold"].wall
    return {step: round(cost.wall / whole, 4) for step, cost in costs[OURS].items()}


def as_json(articles: int, costs: Costs, left_out: Mapping[str, str], peers: Sequence[str]) -> str:
    """Give everything as JSON."""
    return json.dumps(
        {
            "articles": articles,
            "machine": f"{platform.machine()}, Python {sys.version.split()[0]}",
            "costs": {
                name: {step: asdict(cost) for step, cost in steps.items()}
                for name, steps in costs.items()
            },
            "ratios": ratios(costs, peers),
            "left_out": left_out,
        },
        indent=1,
    )


def load(result: str) -> Mapping[str, object]:
    """Read what `as_json` gave."""
    found: Mapping[str, object] = json.loads(result)
    return found


def table(results: Sequence[Mapping[str, object]]) -> str:
    """Make the table that the docs show of results as `as_json` gives them."""
    lines = [
        "| Articles | Generator | Cold | Unchanged | One edit | One reference | One template "
        "| Processor, cold | Memory, cold |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for result in results:
        costs: Mapping[str, Mapping[str, Mapping[str, float]]] = result["costs"]  # type: ignore[assignment]
        whole = costs.get("pelican", {}).get("cold", {}).get("wall")
        for name, steps in costs.items():
            shown = [_part(steps.get(step), whole) for step in STEPS]
            cold = steps["cold"]
            lines.append(
                f"| {result['articles']:,} | {name} | {' | '.join(shown)} "
                f"| {cold['processor']:.1f} s | {cold['memory']:.0f} MiB |"
            )
    return "\n".join(lines) + "\n"


def _part(cost: Mapping[str, float] | None, whole: float | None) -> str:
    """Give a wall time, as a part of stock Pelican's cold build where that was measured."""
    if cost is None:
        return "-"
    if not whole:
        return f"{cost['wall']:.1f} s"
    return f"{cost['wall'] / whole:.4f}"


def record(result: str) -> Path:
    """Keep a result in place of the last one of as many articles, and write the docs' table."""
    results: dict[str, Mapping[str, object]] = {}
    if RESULTS.exists():
        results = json.loads(RESULTS.read_text("utf-8"))
    new = json.loads(result)
    results[str(new["articles"])] = new
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(_BEGIN)
    tail = rest.partition(_END)[2]
    ordered = [results[number] for number in sorted(results, key=int)]
    PAGE.write_text(f"{head}{_BEGIN}\n\n{table(ordered)}\n{_END}{tail}", "utf-8")
    return PAGE
