"""``xietong serve`` on the loopback address, for tests that look at it from outside."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "Gruenes-Wasser-1"
START_SECONDS = 90  # other work may keep the machine busy


@dataclass
class Site:
    """A running server and the folder of its workspace."""

    url: str
    folder: Path


@contextmanager
def serve(folder: Path, *, worker: bool = False) -> Iterator[Site]:
    """``xietong serve`` on a free port, ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = "from xietong.cli.main import main; main()"
    command = [sys.executable, "-c", start, "serve", "--workspace", str(folder)]
    command += ["--port", str(port), "--worker" if worker else "--no-worker"]
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    log = folder.parent / f"{folder.name}.log"
    with log.open("w") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, env=surroundings)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, server, log)
        yield Site(url, folder)
    finally:
        server.terminate()
        server.wait(60)


def _wait(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(log.read_text())
        try:
            urllib.request.urlopen(url + "/web/static/style.css", timeout=1).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {url}: {log.read_text()}")
