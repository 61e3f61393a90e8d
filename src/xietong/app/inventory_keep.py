"""Use cases: keep a run or somebody else's table under a name, as a person with rights; also as a job."""

import tempfile
from pathlib import Path
from typing import Any

from xietong.app.access import require, require_somewhere
from xietong.app.desk import Desk
from xietong.app.inventory_results import (
    keep_table,
    read_table,
    remove_result,
    save_result,
    saved_results,
)
from xietong.app.jobs.kinds import Progress
from xietong.app.pages_inventory import View, seen
from xietong.app.plans.uploads import LIMIT_MB, own_name
from xietong.app.problems import problem
from xietong.io.sheet import FORMATS

DRAWS = 1000


def run_save(desk: Desk, arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job ``inventory.save``: ``{"name", "view": {year, region, programme, gwp}, "draws"}``."""
    view = View(**arguments["view"])
    name, draws = str(arguments["name"]), int(arguments.get("draws", DRAWS))
    if not 0 <= draws <= 100_000:
        raise problem("bad_value", field="draws", value=draws, possible="0–100000")
    keep_run(desk, name, view, draws, progress)
    return {"name": name, "draws": draws}


def keep_run(
    desk: Desk, name: str, view: View, draws: int = 0, progress: Progress = lambda *_: None
) -> dict[str, Any]:
    """Run what is looked at and keep it under a name; noted in the audit trail."""
    require_somewhere(desk.actor, "data.submit")
    own = seen(desk, view.region)
    for region in own:
        require(desk.actor, "data.submit", region=region, entity=desk.actor.entity)
    found = save_result(
        name,
        desk.workspace.root,
        changed=view.changed,
        year=view.year,
        draws=draws,
        regions=own,
        by=desk.actor.name,
        on_progress=progress,
    )
    with desk.writing() as change:  # after the long work: nobody waits for it
        change.record("inventory.keep", f"inventory:{name}", None, {"year": view.year})
    return found


def keep_other(desk: Desk, name: str, file_name: str, data: bytes) -> dict[str, Any]:
    """Keep a filled-in sheet ``inventory_table`` to compare with; every problem of it at once."""
    require_somewhere(desk.actor, "data.submit")
    shown = own_name(file_name)
    if len(data) > LIMIT_MB * 2**20:
        raise problem("upload_too_large", size_mb=round(len(data) / 2**20), limit_mb=LIMIT_MB)
    if Path(shown).suffix.lower() not in FORMATS or not data:
        raise problem("data_type", name=shown, possible=" ".join(FORMATS))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{Path(shown).stem[:60]}{Path(shown).suffix.lower()}"
        path.write_bytes(data)
        for region in read_table(path)["region"].unique():
            require(desk.actor, "data.submit", region=str(region), entity=desk.actor.entity)
        with desk.writing() as change:
            made = keep_table(name, path, desk.workspace.root, by=desk.actor.name)
            change.record("inventory.keep", f"inventory:{name}", None, {"sha256": made["sha256"]})
    return made


def forget(desk: Desk, name: str) -> None:
    """Remove a kept result; noted in the audit trail."""
    require_somewhere(desk.actor, "data.submit")
    for one in saved_results(desk.workspace.root):
        if one["name"] == name:
            of = one["region"] if isinstance(one["region"], list) else [one["region"]]
            for region in of:
                require(desk.actor, "data.submit", region=str(region), entity=desk.actor.entity)
    with desk.writing() as change:
        remove_result(desk.workspace.root, name)
        change.record("inventory.forget", f"inventory:{name}")
