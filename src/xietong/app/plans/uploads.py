"""Plan documents that come through the browser: checked at the door, kept under their digest.

Nothing of the sender's file name becomes a path: the file lies under ``plans/uploads`` as
``<sha256><ending>``, its name in a small JSON file beside it.
"""

import hashlib
import json
import re
from pathlib import Path, PurePosixPath
from typing import Any

from xietong.app.access import require_somewhere
from xietong.app.desk import Desk
from xietong.app.jobs.kinds import Progress
from xietong.app.plans.importing import parse, preview_plan, store_plan
from xietong.app.problems import problem
from xietong.plans.model import Plan
from xietong.store.clock import now

LIMIT_MB = 50
ID = re.compile(r"[0-9a-f]{64}")
READ_SHARE = 0.7  # how much of an import is over when the document has been read


def keep_upload(desk: Desk, name: str, data: bytes) -> dict[str, Any]:
    """Check and keep a file that somebody sends; ``{"id", "name", "size", "at", "who"}``.

    Refused: too large, an ending that is no plan document's, content that does not fit the ending.
    """
    from xietong.io.documents.magic import check_content
    from xietong.io.documents.model import Source
    from xietong.io.documents.read import FORMATS

    require_somewhere(desk.actor, "plan.import")
    shown = own_name(name)
    suffix = Path(shown).suffix.lower()
    if len(data) > LIMIT_MB * 2**20:
        size = round(len(data) / 2**20)
        raise problem("upload_too_large", size_mb=size, limit_mb=LIMIT_MB)
    if suffix not in FORMATS or not data:
        raise problem("upload_type", name=shown, possible=" ".join(FORMATS))
    check_content(Source(shown, data), suffix)
    digest = hashlib.sha256(data).hexdigest()
    folder = _folder(desk)
    folder.mkdir(parents=True, exist_ok=True)
    facts = {"id": digest, "name": shown, "size": len(data), "at": now(), "who": desk.actor.name}
    (folder / f"{digest}{suffix}").write_bytes(data)
    (folder / f"{digest}.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    return facts


def own_name(name: str) -> str:
    """What is shown of a sender's file name: the last part, printable letters only.

    >>> own_name("..\\\\a/方案.txt")
    '方案.txt'
    """
    shown = PurePosixPath(name.replace("\\", "/")).name[:200]
    return "".join(letter for letter in shown if letter.isprintable())


def preview_upload(desk: Desk, upload_id: str) -> dict[str, Any]:
    """What importing a kept file would do; stores nothing in the library."""
    require_somewhere(desk.actor, "plan.import")
    return preview_plan(desk, _parsed(desk, upload_id))


def import_upload(desk: Desk, upload_id: str, reread: bool = False) -> dict[str, Any]:
    """Store a kept file in the library."""
    require_somewhere(desk.actor, "plan.import")
    return store_plan(desk, _parsed(desk, upload_id), reread=reread)


def run_import(desk: Desk, arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The same as a job: ``{"uploads": [id, …]}``; one result each, with name and title."""
    require_somewhere(desk.actor, "plan.import")
    uploads = [str(one) for one in arguments.get("uploads", [])]
    results = []
    for place, upload_id in enumerate(uploads):
        name = _facts(desk, upload_id)["name"]
        progress(place / len(uploads), name)
        plan = _parsed(desk, upload_id)
        progress((place + READ_SHARE) / len(uploads), name)
        stored = store_plan(desk, plan)
        results.append({"name": name, "title": plan.meta.title, **stored})
    return {"imports": results}


def _parsed(desk: Desk, upload_id: str) -> Plan:
    facts = _facts(desk, upload_id)
    kept = _folder(desk) / f"{upload_id}{Path(facts['name']).suffix.lower()}"
    return parse(kept, source=facts["name"])


def _facts(desk: Desk, upload_id: str) -> dict[str, Any]:
    """What is known of a kept file."""
    file = _folder(desk) / f"{upload_id}.json"
    if not ID.fullmatch(upload_id) or not file.is_file():
        raise problem(
            "not_found", what="上传文件", what_en="upload", key=upload_id, hint="", hint_en=""
        )
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def _folder(desk: Desk) -> Path:
    return desk.workspace.root / "plans" / "uploads"
