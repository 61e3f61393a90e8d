"""Letters to the overdue: one Word file per unit."""

import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from xietong.app.access import require
from xietong.app.desk import Desk
from xietong.app.tasks.queries import tasks
from xietong.report.reminder_letter import reminder_letter

NOT_IN_NAMES = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]")


def write_letters(desk: Desk, folder: Path, today: str, sender: str) -> list[dict[str, Any]]:
    """Write a letter for every unit with overdue tasks.

    Gives back unit, number of tasks and file. Nothing is sent. Tasks without a named unit are left out.
    """
    require(desk.actor, "task.read")
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for item in tasks(desk, overdue_on=today).items:
        if item["unit"] and not item["unit"].startswith("（"):
            by_unit.setdefault(item["unit"], []).append(item)
    made = []
    for unit, items in sorted(by_unit.items()):
        folder.mkdir(parents=True, exist_ok=True)
        plain = NOT_IN_NAMES.sub("_", unit)
        path = folder / f"催办函_{plain}_{today}.docx"
        path.write_bytes(reminder_letter(unit, items, today, sender))
        made.append({"unit": unit, "tasks": len(items), "file": str(path)})
    return made


def letters_archive(desk: Desk, today: str, sender: str) -> tuple[bytes, int]:
    """The same letters in one ZIP archive, and how many they are."""
    with tempfile.TemporaryDirectory() as name:
        made = write_letters(desk, Path(name), today, sender)
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in made:
                archive.write(one["file"], Path(one["file"]).name)
        return kept.getvalue(), len(made)
