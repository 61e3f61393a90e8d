"""Where values come from: one entry a source, cited by every parameter row.

A source stands in the ``sources.toml`` of the folder that cites it; in that of ``params/`` where
several folders do.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xietong.errors import ParameterError

HERE = Path(__file__).parent
UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Source:
    """A document; ``foreign`` means not made for China, which counts as weak."""

    id: str
    title: str
    publisher: str
    published: str
    url: str
    foreign: bool
    note: str


def sources(workspace: Path | None = None) -> dict[str, Source]:
    """All sources, those of a workspace's ``factors/sources.toml`` included.

    >>> sources()["emep-eea"].foreign
    True
    """
    found = dict(_shipped())
    own = workspace / "factors" / "sources.toml" if workspace else None
    if own and own.is_file():
        found |= _read(own)
    return found


@cache
def _shipped() -> dict[str, Source]:
    found: dict[str, Source] = {}
    for path in sorted(HERE.rglob("sources.toml")):
        entries = _read(path)
        twice = sorted(found.keys() & entries)
        if twice:
            raise ParameterError(
                f"{path.parent.name}/{path.name}: 别处已有的来源 sources defined elsewhere: {', '.join(twice)}"
            )
        found |= entries
    return found


def source(name: str, workspace: Path | None = None) -> Source:
    """One source by its id; ``ParameterError`` where there is none."""
    try:
        return sources(workspace)[name]
    except KeyError:
        raise ParameterError(
            f"没有来源 {name!r}（not in sources.toml）。请在 factors/sources.toml 中加一条。"
        ) from None


def _read(path: Path) -> dict[str, Source]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParameterError(f"{path.name}: 读不懂 cannot be read: {error}") from error
    return {
        key: Source(
            key,
            str(entry.get("title", "")),
            str(entry.get("publisher", "")),
            str(entry.get("published", "")),
            str(entry.get("url", "")),
            entry.get("scope") == "foreign",
            str(entry.get("note", "")),
        )
        for key, entry in content.items()
    }
