"""Take readers back to an earlier release, whole as it lies there, without a build."""

from __future__ import annotations

from datetime import UTC, datetime

from wellsourced.publisher import pointer, release, settling, verify
from wellsourced.publisher.pointer import Held, Pointer
from wellsourced.publisher.problems import GuardError, VerificationError
from wellsourced.publisher.publishing import Outcome
from wellsourced.publisher.purge import Purger
from wellsourced.publisher.targets import Target


async def rollback(target: Target, to: str, purger: Purger | None, quick: bool = False) -> Outcome:
    """Move readers to release `to`, or to the previous one for `""`.

    Every byte is verified before, or with `quick` only looked for. Raises `GuardError` for a
    release that is not whole or is being removed, `VerificationError` for a damaged one.
    """
    await target.prepare()
    held = await must_read(target)
    name = to or held.pointer.previous
    if not name:
        raise GuardError(
            "There is no release before this one.", "`invoke release.status` lists what is there"
        )
    if name == held.pointer.release:
        purged = await settling.settle(target, held, purger)
        return Outcome(name, 0, False, purged)
    manifest = await release.find_manifest(target, name, held.pointer)
    if wrong := await (verify.missing if quick else verify.faults)(target, name, manifest):
        raise VerificationError(
            f'Release {name} is damaged: {len(wrong)} files, "{wrong[0]}" the first of them.',
            "choose another release, or publish its commit again",
        )
    at = datetime.now(UTC).isoformat(timespec="seconds")

    def back(there: Pointer) -> Pointer:
        if name in (*there.condemned, *there.collected):
            raise GuardError(f"Release {name} is being removed.", "publish it anew instead")
        return there.moved(name, at)

    held = await pointer.change(target, held, back)
    return Outcome(name, 0, True, await settling.settle(target, held, purger))


async def must_read(target: Target) -> Held:
    """Read the pointer. Raises `GuardError` when nothing was published yet."""
    held = await pointer.read(target)
    if held is None:
        raise GuardError(
            f"Nothing was published to {target.address} yet.", "publish with `invoke publish`"
        )
    return held
