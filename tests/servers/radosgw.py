"""Start Ceph's own S3 gateway on loopback: one monitor, one store in memory, one gateway.

It checks signatures and clocks as a real store does, and takes no quoted tag in If-Match.
"""

from __future__ import annotations

import http.client
import json
import secrets
import shutil
import subprocess
import time
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Self
from uuid import uuid4

import boto3
from botocore.config import Config

from .program import end, free_port

PROGRAMS = ("ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw")
REGION = "us-east-1"
START_SECONDS = 120
_STOP_SECONDS = 10
_CONFIGURATION = """\
[global]
fsid = $fsid
mon host = [v2:127.0.0.1:$monitor/0]
mon initial members = a
public addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = $folder/keyring
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd crush chooseleaf type = 0
mon allow pool size one = true
mon data avail warn = 1
mon data avail crit = 1
run dir = $folder/run
admin socket = $folder/run/$$name.asok
pid file = $folder/run/$$name.pid
log file = $folder/run/$$name.log
osd objectstore = memstore
memstore device bytes = 4294967296
osd data = $folder/osd
mon data = $folder/mon
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:$port
rgw enable usage log = false
rgw enable ops log = false
"""
_CAPABILITIES = {
    "client.admin": ("mon", "allow *", "osd", "allow *", "mgr", "allow *"),
    "osd.0": ("mon", "allow profile osd", "osd", "allow *"),
    "client.rgw": ("mon", "allow rw", "osd", "allow rwx"),
}


class Radosgw:
    """Keep objects in memory while the context is open; `folder` holds keys, sockets and logs.

    Its path must be short, since a socket's has at most 107 characters (unix(7)).

    Raises RuntimeError when the gateway does not answer in time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.key, self.secret = "PUBLISHER", secrets.token_hex(20)
        self._daemons: list[subprocess.Popen[bytes]] = []

    @staticmethod
    def is_installed() -> bool:
        """Tell whether Ceph's programs are here."""
        return all(shutil.which(program) for program in PROGRAMS)

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _start(self) -> None:
        folder, fsid, monitor = self.folder, str(uuid4()), free_port()
        for name in ("run", "mon", "osd"):
            (folder / name).mkdir()
        (folder / "ceph.conf").write_text(
            Template(_CONFIGURATION).substitute(
                folder=folder, fsid=fsid, monitor=monitor, port=self.port
            ),
            "utf-8",
        )
        keys, monitor_keys = str(folder / "keyring"), str(folder / "mon.keyring")
        new = ("ceph-authtool", "--create-keyring", "--gen-key")
        _run(*new, monitor_keys, "-n", "mon.", "--cap", "mon", "allow *")
        for number, (name, capabilities) in enumerate(_CAPABILITIES.items()):
            pairs = zip(capabilities[::2], capabilities[1::2], strict=True)
            caps = [word for pair in pairs for word in ("--cap", *pair)]
            _run(*(new if number == 0 else ("ceph-authtool", "--gen-key")), keys, "-n", name, *caps)
        _run("ceph-authtool", monitor_keys, "--import-keyring", keys)
        plan = str(folder / "monmap")
        address = f"[v2:127.0.0.1:{monitor}]"
        _run("monmaptool", "--create", "--addv", "a", address, "--fsid", fsid, plan)
        self._ceph("ceph-mon", "-i", "a", "--mkfs", "--monmap", plan, "--keyring", monitor_keys)
        self._daemon("ceph-mon", "-i", "a")
        id = str(uuid4())
        self._ceph("ceph", "--connect-timeout", str(START_SECONDS), "osd", "new", id)
        self._ceph("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", id)
        self._daemon("ceph-osd", "-i", "0")
        self._daemon("radosgw", "-n", "client.rgw")
        self._wait_until_it_answers()
        user = ("user", "create", "--uid", "publisher", "--display-name", "publisher")
        given = ("--access-key", self.key, "--secret-key", self.secret)
        answer = self._ceph("radosgw-admin", *user, *given)
        if json.loads(answer)["user_id"] != "publisher":
            raise RuntimeError(answer)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        end(self._daemons[::-1], _STOP_SECONDS)

    def make_bucket(self, name: str) -> None:
        """Make a bucket."""
        given = {"aws_access_key_id": self.key, "aws_secret_access_key": self.secret}
        path = Config(s3={"addressing_style": "path"})
        store = boto3.client(
            "s3", endpoint_url=self.endpoint, region_name=REGION, config=path, **given
        )
        store.create_bucket(Bucket=name)

    def limit(self, bucket: str, objects: int) -> None:
        """Let a bucket be full with that many objects."""
        given = ("--quota-scope=bucket", f"--bucket={bucket}")
        self._ceph("radosgw-admin", "quota", "set", *given, f"--max-objects={objects}")
        self._ceph("radosgw-admin", "quota", "enable", *given)

    def _ceph(self, program: str, *arguments: str) -> str:
        return _run(program, "-c", str(self.folder / "ceph.conf"), *arguments)

    def _daemon(self, program: str, *arguments: str) -> None:
        with (self.folder / "run" / f"{program}.out").open("wb") as out:
            command = [program, "-c", str(self.folder / "ceph.conf"), *arguments, "-f"]
            self._daemons.append(
                subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
            )

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if fallen := [one for one in self._daemons if one.poll() is not None]:
                raise RuntimeError(f"{fallen[0].args} has ended")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("radosgw is silent")


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=START_SECONDS)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr}")
    return done.stdout
