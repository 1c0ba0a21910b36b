"""Say in our words what an object store refused, or failed to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from obstore import exceptions

from wellsourced.publisher.problems import (
    ConditionFailedError,
    ConfigurationError,
    PublishingError,
    RefusedError,
    TransportError,
)

_MISSING_PLACES = ("NoSuchBucket", "ContainerNotFound", "The specified bucket does not exist")
_SKEWED = (
    "RequestTimeTooSkewed",  # S3, and what speaks it
    "Request date header too old",  # Azure, beside "AuthenticationFailed"
    "in a reasonable timeframe",  # Google, of the token that is signed with the time
)
_FULL = ("QuotaExceeded", "XMinioStorageFull")
"""What Ceph's gateway and MinIO call it; the others' limits are only those of a bill."""

_REFUSALS = ("403 Forbidden", "401 Unauthorized")
_INSTANCES = ("169.254.169.254", "metadata.google.internal")
"""Where an instance's credentials come from: an error from there means that there are none."""

_CREDENTIALS = (
    "they come from the environment or the instance, and must allow to read, write, list and delete"
)
_ROOM = "raise its quota, then run it again: a full store does not let releases be removed either"
_LONGEST = 400
_LINES = {"Timeout": "no answer came in time", "Connect": "no connection is made"}
"""What obstore calls a failure of the line → what it means; others broke off."""

_LINE = re.compile(r"HttpError \{\s*kind: (\w+)")
_ANSWER = re.compile(r"<Code>([^<]+)</Code>\s*(?:<Message>([^<]*)</Message>)?")


@contextmanager
def heard(address: str, *, missing_is_place: bool = False) -> Iterator[None]:
    """Turn what obstore raises into what a `Target` may raise.

    `FileNotFoundError` stays for a missing object, unless only the bucket itself can be missing.
    """
    try:
        yield
    except (exceptions.AlreadyExistsError, exceptions.PreconditionError) as error:
        raise ConditionFailedError(f"{address}: {brief(error)}") from error
    except FileNotFoundError as error:
        if missing_is_place or _names_place(error):
            raise _no_place(address) from error
        raise
    except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError) as error:
        raise _refused(address, error) from error
    except exceptions.BaseError as error:
        raise _failed(address, error) from error


def brief(error: Exception) -> str:
    """Keep the store's own code and words; without them, one line of what obstore says."""
    text, _, debug = str(error).partition("\n\nDebug source")
    if line := _LINE.search(debug):
        text = f"{_LINES.get(line[1], 'the connection broke off')}: {text}"
    if answer := _ANSWER.search(text):
        text = ": ".join(filter(None, (answer[1], (answer[2] or "").partition("\n")[0])))
    return " ".join(text.split())[:_LONGEST]


def _no_place(address: str) -> ConfigurationError:
    return ConfigurationError(
        f"{address}: there is no such bucket or container.", "make it first; publishing makes none"
    )


def _skewed(address: str) -> RefusedError:
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return RefusedError(
        f"{address} takes no request of this time: the clock of this machine says {now}.",
        "set the clock (stores allow about 15 minutes), then run it again",
    )


def _refused(address: str, error: Exception) -> PublishingError:
    if any(word in str(error) for word in _SKEWED):
        return _skewed(address)
    if any(word in str(error) for word in _FULL):
        return RefusedError(f"{address} is full: {brief(error)}.", _ROOM)
    return ConfigurationError(f"{address} refuses our credentials: {brief(error)}", _CREDENTIALS)


def _failed(address: str, error: Exception) -> PublishingError:
    text = str(error)
    if _names_place(error):
        return _no_place(address)
    if any(place in text for place in _INSTANCES):
        return ConfigurationError(f"No credentials for {address} are found.", _CREDENTIALS)
    if any(
        word in text for word in (*_SKEWED, *_FULL, *_REFUSALS)
    ):  # a listing that is refused is any error
        return _refused(address, error)
    return TransportError(
        f"{address}: {brief(error)}", "run it again: what was sent is not sent twice"
    )


def _names_place(error: Exception) -> bool:
    return any(name in str(error) for name in _MISSING_PLACES)
