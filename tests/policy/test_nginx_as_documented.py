"""The nginx site of docs/publishing.md works as it stands there, over TLS."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPSConnection

import pytest

from tests.conftest import ROOT, require
from tests.servers.asking import Answer, ask
from tests.servers.nginx import Nginx, precompress
from tests.servers.program import free_port
from wellsourced.policy.hosts import nginx
from wellsourced.policy.serving import read

from .served import PAGES

DEBIAN = """
load_module {module};
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    # What Debian's nginx.conf says of all sites, some of which the site has to overrule.
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    ssl_protocols TLSv1.2 TLSv1.3;
    access_log off;
    gzip on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def documented() -> str:
    """Take the site's configuration out of the page."""
    page = (ROOT / "docs" / "publishing.md").read_text("utf-8")
    found = re.search(r"in `/etc/nginx/conf\.d/site\.conf`:\n\n((?: {4}.*\n|\n)+)", page)
    assert found
    return re.sub(r"^ {4}", "", found[1], flags=re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Site:
    """Two ports of one nginx: TLS and plain."""

    tls: int
    plain: int

    def get(self, target: str, **headers: str) -> Answer:
        """Ask over TLS; the certificate is our own."""
        context = ssl._create_unverified_context()
        connection = HTTPSConnection("127.0.0.1", self.tls, timeout=10, context=context)
        try:
            connection.request("GET", target, headers={"Host": "www.example.org", **headers})
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, named, response.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    require(Nginx.program(), "nginx")
    require(Nginx.brotli_module(), "nginx's brotli_static module")
    require(shutil.which("openssl"), "openssl")
    folder = tmp_path_factory.mktemp("documented")
    for key, text in PAGES.items():
        path = folder / "current" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for name, text in nginx.emit(read(folder / "current")).items():
        (folder / name).write_text(text, "utf-8")
    precompress(folder / "current")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=www.example.org", "-keyout", str(folder / "key.pem")]
    subprocess.run(
        [*command, "-out", str(folder / "cert.pem")], check=True, capture_output=True, timeout=60
    )
    made = Site(free_port(), free_port())
    text = documented()
    for told, here in (
        ("/etc/nginx/wellsourced/", f"{folder}/"),
        ("/etc/ssl/site/fullchain.pem", str(folder / "cert.pem")),
        ("/etc/ssl/site/privkey.pem", str(folder / "key.pem")),
        ("/srv/site/current", str(folder / "current")),
        ("listen 443", f"listen 127.0.0.1:{made.tls}"),
        ("listen 80", f"listen 127.0.0.1:{made.plain}"),
    ):
        assert told in text
        text = text.replace(told, here)
    (folder / "site.conf").write_text(text, "utf-8")
    whole = DEBIAN.format(module=Nginx.brotli_module(), folder=folder)
    (folder / "nginx.conf").write_text(whole, "utf-8")
    arguments = [str(Nginx.program()), "-p", str(folder), "-e", "stderr"]
    arguments += ["-c", str(folder / "nginx.conf")]
    tested = subprocess.run([*arguments, "-t"], capture_output=True, text=True, timeout=60)
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for port in (made.tls, made.plain):
            wait(process, port)
        yield made
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a port answers; fails when nginx ends before."""
    for _ in range(500):
        assert process.poll() is None
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError("nginx is silent")


def test_plain_http_leads_to_https(site: Site) -> None:
    answer = ask(f"http://127.0.0.1:{site.plain}", "/articles/x/?a=1", {"Host": "www.example.org"})
    assert answer.status == 301
    assert answer.headers["location"] == "https://www.example.org/articles/x/?a=1"


def test_https_is_promised_for_good(site: Site) -> None:
    answer = site.get("/articles/x/")
    assert answer.status == 200
    assert answer.headers["strict-transport-security"] == "max-age=63072000"


def test_what_the_machine_says_of_all_sites_is_overruled(site: Site) -> None:
    bib = site.get("/articles/x/references.bib")
    assert bib.headers["content-type"] == "application/x-bibtex; charset=utf-8"
    packed = site.get("/articles/x/", **{"Accept-Encoding": "br"})
    assert packed.headers["content-encoding"] == "br"
    assert packed.headers["etag"].startswith('"')  # compressing on the way would weaken it
    assert "/" not in packed.headers["server"]
