"""Is a process still there? On Windows as well."""

import os
import subprocess
import sys
from pathlib import Path


def pid_lives(pid: int) -> bool:
    """Whether a process of this machine runs.

    >>> pid_lives(os.getpid())
    True
    """
    if sys.platform == "win32":
        command = ["tasklist", "/FI", f"PID eq {pid}", "/NH"]
        listed = subprocess.run(command, capture_output=True, text=True, check=False)
        return str(pid) in listed.stdout
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _has_ended(pid)


def _has_ended(pid: int) -> bool:
    """Whether only the entry of an ended process is left, where the system shows that."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state == "Z"
