"""Run what the tasks offer: ask the target, print, give the exit status."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from wellsourced.audit import manifest as manifests
from wellsourced.audit.manifest import ManifestError
from wellsourced.policy import encodings
from wellsourced.publisher import export as exporting
from wellsourced.publisher import gc, in_place, lease, publishing, report, rollback, status, verify
from wellsourced.publisher import pointer as pointers
from wellsourced.publisher import release as releases
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.plan import Plan
from wellsourced.publisher.problems import (
    DONE,
    ConfigurationError,
    PublishingError,
    VerificationError,
)
from wellsourced.publisher.publishing import Options
from wellsourced.publisher.purge import SETTING, purger
from wellsourced.publisher.targets import Target
from wellsourced.publisher.targets.opening import open_target
from wellsourced.publisher.targets.packed import FOLDER, Pack, Packed
from wellsourced.publisher.targets.refusing import Refusing


def publish(
    address: str,
    output: Path,
    manifest: Path,
    environment: Mapping[str, str],
    *,
    dry_run: bool = False,
    max_delete: str = "20%",
    as_json: bool = False,
    at_once: bool = True,
    ask: str = "",
) -> int:
    """Publish an audited output; `at_once` is False for publishing in place."""

    async def run(target: Target) -> int:
        site = read_site(output, manifest)
        say = print_json if as_json else print_plan
        options = Options(
            share(max_delete),
            purger(environment.get(SETTING, "")),
            ask,
            report.progress(),
            say,
            lease.SECONDS,
            lambda: print("Somebody else is publishing; waiting.", file=sys.stderr, flush=True),
        )
        if dry_run:
            return await _plan(Refusing(target), site, options, at_once)
        if not at_once:
            done = await in_place.publish(target, site, options)
            say_so(f"Sent {done.sent} files, removed {done.removed}.", as_json)
            return DONE
        outcome = await publishing.publish(target, site, options)
        word = "Published" if outcome.moved else "Nothing to publish: readers have"
        say_so(f"{word} release {outcome.name}; {outcome.sent} files were sent.", as_json)
        say_so(report.purged_text(outcome.purged), as_json)
        return DONE

    packed = Packed(manifest.parent / FOLDER)
    status = with_target(address, run, packed.sidecars)
    packed.trim()
    return status


async def _plan(target: Target, site: Audited, options: Options, at_once: bool) -> int:
    if at_once:
        options.announce((await publishing.look(target, site, options.max_delete)).plan)
    else:
        options.announce((await in_place.look(target, site, options.max_delete))[1])
    return DONE


def export(output: Path, manifest: Path, folder: Path) -> int:
    """Copy the audited files into a new folder."""

    async def run() -> int:
        site = read_site(output, manifest)
        exporting.export(site, folder)
        print(f"Wrote {len(site.files)} audited files of release {site.manifest.release}.")
        return DONE

    return guarded(run)


def show_status(address: str) -> int:
    """Print what a target holds."""

    async def run(target: Target) -> int:
        print(report.status_text(await status.status(target), target.address))
        return DONE

    return with_target(address, run)


def verify_release(address: str, name: str = "") -> int:
    """Hold every byte of a release, the current one for `""`, against its manifest."""

    async def run(target: Target) -> int:
        there = (await rollback.must_read(target)).pointer
        one = name or there.release
        manifest = await releases.find_manifest(target, one, there)
        if wrong := await verify.faults(target, one, manifest):
            raise VerificationError(
                f"Release {one}: {len(wrong)} of {len(manifest.files)} files are missing or "
                f"wrong: {', '.join(wrong[:10])}.",
                "publish the same release again: it sends what is wrong anew",
            )
        print(f"Release {one}: {len(manifest.files)} files are as they were audited.")
        return DONE

    return with_target(address, run)


def roll_back(address: str, to: str, quick: bool, environment: Mapping[str, str]) -> int:
    """Take readers back to an earlier release."""

    async def run(target: Target) -> int:
        purging = purger(environment.get(SETTING, ""))
        outcome = await rollback.rollback(target, to, purging, quick)
        print(f"Readers get release {outcome.name}.")
        say_so(report.purged_text(outcome.purged), False)
        return DONE

    return with_target(address, run)


def collect(address: str, keep: int, grace_hours: float) -> int:
    """Remove releases that nobody can want back."""

    async def run(target: Target) -> int:
        done = await gc.collect(target, keep, timedelta(hours=grace_hours))
        print(report.collected_text(done))
        return DONE

    return with_target(address, run)


def pin(address: str, name: str, off: bool) -> int:
    """Keep a release from being collected, or let it go."""

    async def run(target: Target) -> int:
        held = await rollback.must_read(target)
        await releases.find_manifest(target, name, held.pointer)
        await pointers.change(target, held, lambda p: _pinned(p, name, off))
        print(f"Release {name} {'may be' if off else 'is not'} collected.")
        return DONE

    return with_target(address, run)


def _pinned(there: pointers.Pointer, name: str, off: bool) -> pointers.Pointer:
    others = tuple(one for one in there.pinned if one != name)
    return replace(there, pinned=others if off else (*others, name))


def read_site(output: Path, manifest: Path) -> Audited:
    """Open an output with its signed-off manifest. Raises `VerificationError`."""
    try:
        return Audited(output, manifests.read(manifest))
    except OSError as error:
        raise VerificationError(
            "There is no signed-off release: the audit writes one when it finds no error.",
            "run `invoke audit`",
        ) from error
    except ManifestError as error:
        raise VerificationError(f"{manifest.name} is damaged: {error}.", "audit again") from error


def share(text: str) -> float:
    """Read `20%` as 0.2. Raises `ConfigurationError`."""
    try:
        number = float(text.removesuffix("%")) / 100
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise ConfigurationError(f'"{text}" is no share of the files.', "write it as 20%")
    return number


def with_target(
    address: str,
    run: Callable[[Target], Awaitable[int]],
    pack: Pack = encodings.sidecars,
) -> int:
    """Open a target and run something on it; a problem is printed and becomes the status."""

    async def opened() -> int:
        return await run(open_target(address, pack))

    return guarded(opened)


def guarded(run: Callable[[], Awaitable[int]]) -> int:
    """Run something; a problem is printed on standard error and becomes the status."""

    async def awaited() -> int:
        return await run()

    try:
        return asyncio.run(awaited())
    except PublishingError as problem:
        print(report.problem_text(problem), file=sys.stderr)
        return problem.status


def print_plan(planned: Plan) -> None:
    """Print a plan for people."""
    print(report.plan_text(planned), flush=True)


def print_json(planned: Plan) -> None:
    """Print a plan as JSON."""
    print(report.plan_json(planned), flush=True)


def say_so(text: str, as_json: bool) -> None:
    """Print a sentence; beside JSON it goes to standard error, so that the JSON stays whole."""
    if text:
        print(text, file=sys.stderr if as_json else sys.stdout)
