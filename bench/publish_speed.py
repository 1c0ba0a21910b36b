"""Measure publishing against `aws s3 sync`: `python -m bench.publish_speed [--files 10000]`.

Both send the same site to the same gateway, Ceph's radosgw on this machine, one after the
other: ours verified, with a manifest and a pointer, `aws s3 sync` as it comes. Then ours again
unchanged, and with one page changed. Prints seconds on the clock, seconds of processors of the
publisher alone, how many files were sent, and the load of the machine.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.measuring import Cost, run
from tests.servers.radosgw import REGION, Radosgw
from wellsourced.audit import manifest as manifests

ROOT = Path(__file__).resolve().parent.parent
BYTES = 20_000
SEED = 2026
_WORDS = "the needle muscle pain therapist treatment shoulder patient study weeks trial".split()
_PUBLISH = """
import os, sys
from pathlib import Path
from wellsourced.publisher import commands
sys.exit(commands.publish(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), os.environ))
"""


def write_site(output: Path, files: int) -> None:
    """Write pages of 20 kB, each another, with the three that no site may lack."""
    draw = random.Random(SEED)
    keys = ["index.html", "404.html", "feeds/atom.xml"]
    keys += [f"articles/a{number}/index.html" for number in range(files - len(keys))]
    for key in keys:
        path = output / key
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"<p>{key} " + " ".join(draw.choices(_WORDS, k=BYTES // 5))
        path.write_text(text[: BYTES - 5] + "</p>\n", "utf-8")


def publish(address: str, folder: Path, environment: Mapping[str, str]) -> Cost:
    """Sign the output off, which is not measured, and publish it."""
    output, signed = folder / "output", folder / "release.json"
    manifests.write(manifests.make(output), signed)
    command = (sys.executable, "-c", _PUBLISH, address, str(output), str(signed))
    return run(command, ROOT, environment)


def sync(program: str, bucket: str, output: Path, environment: Mapping[str, str]) -> Cost:
    """Send the output as `aws s3 sync` does."""
    endpoint = ("--endpoint-url", environment["AWS_ENDPOINT_URL_S3"])
    command: Sequence[str] = (program, "s3", "sync", "--only-show-errors", *endpoint)
    return run((*command, str(output), f"s3://{bucket}/"), ROOT, environment)


def line(what: str, cost: Cost) -> str:
    """Write a row of the table."""
    return f"{what:34} {cost.wall:7.2f} s {cost.processor:7.2f} CPU s {cost.memory:5} MiB"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    files = parser.parse_args().files
    program = shutil.which("aws") or sys.exit("aws is not installed")
    with (
        tempfile.TemporaryDirectory(prefix="rgw-") as place,
        tempfile.TemporaryDirectory() as name,
        Radosgw(Path(place)) as gateway,
    ):
        folder = Path(name)
        write_site(folder / "output", files)
        environment = {
            "AWS_ACCESS_KEY_ID": gateway.key,
            "AWS_SECRET_ACCESS_KEY": gateway.secret,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ENDPOINT_URL_S3": gateway.endpoint,
            "PYTHONPATH": str(ROOT),
        }
        for bucket in ("ours", "theirs"):
            gateway.make_bucket(bucket)
        address = f"s3://ours/site?endpoint={gateway.endpoint}&region={REGION}"
        print(f"{files} files of {BYTES} bytes, load {os.getloadavg()[0]:.1f}", flush=True)
        ours = publish(address, folder, environment)
        print(line("ours, first", ours), flush=True)
        theirs = sync(program, "theirs", folder / "output", environment)
        print(line("aws s3 sync, first", theirs), flush=True)
        ratios = ours.wall / theirs.wall, ours.processor / theirs.processor
        print(f"ours / theirs: {ratios[0]:.2f} on the clock, {ratios[1]:.2f} of the processor")
        print(line("ours, unchanged", publish(address, folder, environment)), flush=True)
        page = folder / "output" / "articles" / "a1" / "index.html"
        page.write_text(page.read_text("utf-8").replace("needle", "thread", 1), "utf-8")
        print(line("ours, one page changed", publish(address, folder, environment)), flush=True)
        again = sync(program, "theirs", folder / "output", environment)
        print(line("aws s3 sync, one page changed", again), flush=True)
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
