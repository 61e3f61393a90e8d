"""A job for tests: it reports progress, sleeps, starts a process of its own, or fails."""

import subprocess
import sys
import time
from pathlib import Path


def run(desk, arguments, progress):
    """Do as told: ``{"seconds", "fail", "exit", "pidfile"}``."""
    if arguments.get("pidfile"):
        sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        Path(arguments["pidfile"]).write_text(str(sleeper.pid))
    if arguments.get("fail"):
        raise RuntimeError("算不出")
    if arguments.get("exit"):
        import os

        os._exit(9)
    steps = int(arguments.get("seconds", 0) * 10)
    for step in range(steps):
        progress(step / steps, f"第 {step} 步")
        time.sleep(0.1)
    return {"who": desk.actor.name, "steps": steps}
