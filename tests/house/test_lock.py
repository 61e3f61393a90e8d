"""The lock file: every requirement with hashes, none with an address, none forgotten."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"^[A-Za-z0-9._-]+")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _locked() -> dict[str, str]:
    """Each requirement of the lock file with all its lines."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    return {line.split("--hash")[0].strip(): line for line in lines}


def test_every_requirement_is_pinned_and_has_a_hash() -> None:
    locked = _locked()
    assert len(locked) > 50
    bad = [name for name, line in locked.items() if "==" not in name or not HASH.search(line)]
    assert bad == []


def test_no_address_in_the_lock_file() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*(-i|--index|--extra-index|--find-links|-f)\b|@ ", text, re.M)


def test_every_dependency_is_locked() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    wanted = [
        *settings["project"]["dependencies"],
        *(r for extra in settings["project"]["optional-dependencies"].values() for r in extra),
        *settings["dependency-groups"]["dev"],
        *settings["build-system"]["requires"],
    ]
    locked = {_canonical(NAME.match(line)[0]) for line in _locked()}
    missing = sorted({_canonical(NAME.match(w)[0]) for w in wanted} - locked)
    assert missing == [], "run `make lock`"
