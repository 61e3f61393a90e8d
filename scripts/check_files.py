"""Check the tracked files: none too long, none too large, none that names a machine's folders.

Usage: python scripts/check_files.py [ROOT]
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MAX_LINES = 500
MAX_BYTES = 1024 * 1024
TEXT = {".py", ".md", ".toml"}
FOLDERS = {"src", "tests", "docs", "scripts", "benchmarks"}
# A folder of somebody's machine, at the start of a path: not a part of an address.
MACHINE_PATH = re.compile(r"(?<![\w.\-/~])/(?:home|Users|root|work)/\w|[A-Z]:\\Users\\")


def tracked(root: Path) -> list[Path]:
    """The files that git tracks below ``root`` and that are there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True
    ).stdout.decode()
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def problems(root: Path) -> Iterator[str]:
    """One line for each file that breaks a rule."""
    for path in tracked(root):
        name = path.relative_to(root)
        content = path.read_bytes()
        if len(content) > MAX_BYTES:
            yield f"{name}: {len(content)} bytes, more than {MAX_BYTES}; data that large stays outside"
        if b"\0" in content:
            continue
        lines = content.decode("utf-8", errors="replace").splitlines()
        if path.suffix in TEXT and name.parts[0] in FOLDERS and len(lines) > MAX_LINES:
            yield f"{name}: {len(lines)} lines, more than {MAX_LINES}; which second subject crept in?"
        for number, line in enumerate(lines, 1):
            if MACHINE_PATH.search(line):
                yield f"{name}:{number}: names a folder of one machine: {line.strip()[:80]}"


def main() -> int:
    """Print the problems; 1 if there are any."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    found = list(problems(root))
    print("\n".join(found) if found else "files: fine")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
