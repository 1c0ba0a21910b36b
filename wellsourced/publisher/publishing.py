"""Publish an audited release: look, plan, fill, verify, sign, point, hand over to the CDN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from wellsourced.audit.manifest import Manifest
from wellsourced.publisher import lease, pointer, push, release, settling, smoke, verify
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.plan import Plan, guard, plan
from wellsourced.publisher.pointer import Held, Pointer
from wellsourced.publisher.problems import LostRaceError
from wellsourced.publisher.purge import Purger
from wellsourced.publisher.push import Progress
from wellsourced.publisher.targets import Target

MAX_DELETE = 0.2
"""The share of a release's files that may go at once, unless somebody says that it is meant."""


@dataclass(frozen=True, slots=True)
class Options:
    """What an editor may choose: guard, purger, the public address to ask, who hears what.

    `lease` is the seconds that a publisher is waited for without a sign of life; 0 is none.
    """

    max_delete: float = MAX_DELETE
    purger: Purger | None = None
    address: str = ""
    progress: Progress = lambda done, of: None
    announce: Callable[[Plan], None] = lambda planned: None
    lease: float = 0
    waiting: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Situation:
    """What a target holds, and what a release would change there."""

    held: Held | None
    old: Manifest | None
    name: str
    plan: Plan

    @property
    def is_current(self) -> bool:
        """Tell whether readers have this release already."""
        return self.held is not None and self.held.pointer.release == self.name

    def manifests(self, new: Manifest) -> dict[str, Manifest]:
        """Give the manifests that are known by now: release → manifest."""
        olds = {self.held.pointer.release: self.old} if self.held and self.old else {}
        return {**olds, self.name: new}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done: files sent, whether readers were moved, addresses to purge."""

    name: str
    sent: int
    moved: bool
    purged: settling.Purged


async def look(target: Target, site: Audited, max_delete: float) -> Situation:
    """Plan a release against what readers have now; reads only.

    Raises `VerificationError` for an output that is not the audited one, `GuardError`.
    """
    site.hold()
    held = await pointer.read(target)
    current = held.pointer.release if held else ""
    old = await release.read_manifest(target, current) if held else None
    planned = plan(site.manifest, old)
    guard(planned, site.manifest, max_delete)
    same = old is not None and old.release == site.manifest.release
    there = held.pointer if held else None
    name = current if same else release.free_name(site.manifest.release, there)
    return Situation(held, old, name, planned)


async def publish(target: Target, site: Audited, options: Options) -> Outcome:
    """Publish a release, or mend the one that readers have when it is the same.

    Raises what `PublishingError` stands for; until the pointer moves, readers have the old one.
    """
    now = await look(target, site, options.max_delete)
    if not now.is_current:
        await target.prepare()
        async with lease.leased(target, options.lease, options.waiting):
            # Another may have published meanwhile, even one that was not waited for.
            if options.lease and await pointer.read(target) != now.held:
                now = await look(target, site, options.max_delete)
            if not now.is_current:
                return await _release(target, site, now, options)
    return await _mend(target, site, now, options)


async def _release(target: Target, site: Audited, now: Situation, options: Options) -> Outcome:
    options.announce(now.plan)
    sent = await _fill(target, site, now, options)
    await release.write_manifest(target, now.name, site.manifest)
    held = await _point(target, now)
    return Outcome(now.name, sent, True, await _finish(target, site, now, held, options))


async def _mend(target: Target, site: Audited, now: Situation, options: Options) -> Outcome:
    assert now.held is not None
    await target.recover()
    stem = release.folder(now.name)
    wrong = await verify.damaged(target, site, stem)
    options.announce(plan(site.manifest, now.old, wrong))
    sent = await push.mend(target, site, stem, wrong)
    if now.old is None:
        await release.write_manifest(target, now.name, site.manifest)
    return Outcome(now.name, sent, False, await _finish(target, site, now, now.held, options))


async def _finish(
    target: Target, site: Audited, now: Situation, held: Held, options: Options
) -> settling.Purged:
    await smoke.test(target, held.pointer, site.manifest)
    purged = await settling.settle(target, held, options.purger, now.manifests(site.manifest))
    if options.address:
        await smoke.ask(options.address, site.manifest)
    return purged


async def _fill(target: Target, site: Audited, now: Situation, options: Options) -> int:
    stem = release.folder(now.name)
    old = release.folder(now.held.pointer.release) if now.held and now.old else ""
    sent = await push.fill(target, site, stem, now.plan, old, options.progress)
    wrong = await verify.damaged(target, site, stem)
    return sent + await push.mend(target, site, stem, wrong)


async def _point(target: Target, now: Situation) -> Held:
    """Move readers to the release. A publisher of the same release may have done it already."""
    at = datetime.now(UTC).isoformat(timespec="seconds")

    def move(there: Pointer) -> Pointer:
        if now.name in (*there.condemned, *there.collected):
            raise LostRaceError(
                f"Release {now.name} was collected while it was being sent.", "publish again"
            )
        return there.moved(now.name, at)

    try:
        if now.held is None:
            return await pointer.begin(target, now.name, at)
        return await pointer.change(target, now.held, move)
    except LostRaceError:
        there = await pointer.read(target)
        if there and there.pointer.release == now.name:
            return there
        raise
