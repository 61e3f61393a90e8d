"""The heads of the audit chain, kept in files outside the database: one JSON line per commit."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from xietong.errors import WorkspaceError
from xietong.store.audit import Head


def append_head(files: Iterable[Path], head: Head) -> None:
    """Write one head to the end of each file, and to the disk before returning."""
    line = json.dumps({"seq": head.seq, "hash": head.hash, "at": head.at}) + "\n"
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as out:
            out.write(line)
            out.flush()
            os.fsync(out.fileno())


def read_heads(files: Iterable[Path]) -> list[Head]:
    """All heads of all files; a last line cut off by a power failure is passed over."""
    heads: list[Head] = []
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        for number, line in enumerate(lines, start=1):
            try:
                found = json.loads(line)
                heads.append(Head(found["seq"], found["hash"], found["at"]))
            except (ValueError, KeyError, TypeError) as error:
                if number < len(lines):
                    raise WorkspaceError(
                        f"{file} 第 {number} 行不是审计链头。文件可能被改动，请从备份取回。\n"
                        f"  {file}, line {number}, is no head of the audit chain: it may have been "
                        "changed; take it back from a backup."
                    ) from error
    return heads
