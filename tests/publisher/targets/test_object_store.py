"""What object stores do wrong, or refuse, and what is made of it."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from obstore.exceptions import PreconditionError
from obstore.store import MemoryStore

from tests.publisher.sites import run
from tests.servers.program import free_port
from wellsourced.publisher.problems import (
    ConfigurationError,
    PublishingError,
    UnfitError,
)
from wellsourced.publisher.targets import Target
from wellsourced.publisher.targets.object_store import ObjectStore
from wellsourced.publisher.targets.opening import open_target


class Strange:
    """A store in memory with a fault in its conditions."""

    def __init__(self, fault: str) -> None:
        self.store, self.fault = MemoryStore(), fault

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    async def put_async(self, key: str, data: bytes, *, mode: Any, **options: Any) -> Any:
        """Write an object, and do the conditions wrong."""
        match self.fault, mode:
            case "ignores If-None-Match", "create":
                mode = "overwrite"
            case "ignores If-Match", {"e_tag": _}:
                mode = "overwrite"
            case "wants bare tags", {"e_tag": tag} if tag.startswith('"'):
                raise PreconditionError("412")
            case "wants bare tags", {"e_tag": tag}:
                mode = {"e_tag": f'"{tag}"'}
            case "refuses If-Match", {"e_tag": _}:
                raise PreconditionError("412")
        return await self.store.put_async(key, data, mode=mode, **options)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("ignores If-None-Match", "writes over what is there"),
        ("ignores If-Match", "writes over another version"),
        ("refuses If-Match", "refuses a write that names the right version"),
    ],
)
def test_a_store_without_conditions_is_refused(fault: str, words: str) -> None:
    store = Strange(fault)
    target = ObjectStore(store, "s3://bucket")  # type: ignore[arg-type]
    with pytest.raises(UnfitError, match=words) as caught:
        run(target.prepare())
    assert caught.value.status == 2
    assert store.store.list().collect() == []  # the probe is gone


@pytest.mark.parametrize("fault", ["none", "wants bare tags"])
def test_the_probe_learns_how_tags_are_written(fault: str) -> None:
    target = ObjectStore(Strange(fault), "s3://bucket")  # type: ignore[arg-type]

    async def work() -> None:
        await target.prepare()
        first = await target.put("current.json", b"1", {})
        assert first.tag.startswith('"')
        await target.put("current.json", b"2", {}, first)

    run(work())


def test_a_missing_bucket(s3: str) -> None:
    refused(s3.replace("s3://b", "s3://none"), "no such bucket or container", 2)


def test_a_missing_container(azure: str) -> None:
    refused(azure.replace("az://c", "az://none"), "no such bucket or container", 2)


def test_wrong_credentials(azure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = base64.b64encode(b"a key that nobody has").decode()
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", key)
    refused(azure, "refuses our credentials", 2, secret=key)


@pytest.mark.gate
def test_keys_that_ceph_does_not_know(ceph: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a key that nobody has")
    refused(ceph, "refuses our credentials: SignatureDoesNotMatch", 2, secret="nobody has")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "STRANGER")
    refused(ceph, "refuses our credentials: InvalidAccessKeyId", 2, secret="nobody has")


@pytest.mark.gate
def test_a_bucket_that_ceph_does_not_have(ceph: str) -> None:
    refused(ceph.replace("s3://b", "s3://none"), "no such bucket or container", 2)


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setattr("wellsourced.publisher.retry.ATTEMPTS", 1)
    address = f"s3://bucket?endpoint=http://127.0.0.1:{free_port()}&timeout=1"
    refused(address, "error sending request", 4)


def refused(address: str, words: str, status: int, secret: str = "testing") -> None:
    """Hold every way of asking to one message that tells no secret."""
    target = open_target(address)
    asks: list[tuple[str, tuple[Any, ...]]] = [
        ("prepare", ()),
        ("get", ("current.json",)),
        ("list", ("releases/",)),
        ("put", ("releases/a/x", b"", {})),
    ]
    for method, arguments in asks:
        with pytest.raises(PublishingError, match=words) as caught:
            run(getattr(target, method)(*arguments))
        assert caught.value.status == status, method
        assert secret not in f"{caught.value} {caught.value.hint}"
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "No target is named"),
        ("ftp://bucket", "no target that can be published to"),
        ("/srv/site", "no target that can be published to"),
        ("file://host/srv", "does not name a folder of this machine"),
        ("file:///", "does not name a folder of this machine"),
        ("s3:///prefix", "names a bucket and no credentials"),
        ("s3://key:secret@bucket", "names a bucket and no credentials"),
        ("s3://bucket?access_key_id=key", 'has no option "access_key_id"'),
        ("s3://bucket?timeout=soon", "cannot be opened"),
    ],
)
def test_addresses_of_no_use(address: str, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words) as caught:
        open_target(address)
    assert "secret" not in str(caught.value)


def test_a_target_is_named_without_its_options(s3: str) -> None:
    target: Target = open_target(s3)
    assert "?" not in target.address
    assert target.address.startswith("s3://b")
