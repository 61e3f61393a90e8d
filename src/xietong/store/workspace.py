"""A workspace is a folder: ``xietong.toml``, files as evidence, a database for what people do."""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xietong.errors import WorkspaceError
from xietong.store.database import Database, open_database

SETTINGS = "xietong.toml"
FOLDERS = (
    "plans",
    "activity",
    "factors",
    "statistics",
    "measures",
    "scenarios",
    "monitoring",
    "results",
)
DATABASE_VARIABLE = "XIETONG_DATABASE"


@dataclass(frozen=True)
class Workspace:
    """An open workspace: where it is, what its settings say, its database."""

    root: Path
    settings: dict[str, Any]
    database: Database = field(repr=False)

    @property
    def title(self) -> str:
        """The name shown to people."""
        return str(self.settings.get("title") or self.root.name)

    @property
    def head_files(self) -> tuple[Path, ...]:
        """Where the heads of the audit chain are kept, outside the database."""
        named = self.settings.get("audit_heads") or ["audit-head.jsonl"]
        return tuple(self.root / name for name in named)

    def close(self) -> None:
        """Give the database's connections back."""
        self.database.close()


def find_root(start: Path | None = None) -> Path:
    """The nearest folder upwards that holds ``xietong.toml``."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise WorkspaceError(
        f"{here} 及其上级文件夹没有 {SETTINGS}。请用 --workspace 指定工作区，或用 xietong init 新建。\n"
        f"  No {SETTINGS} in {here} or above. Name one with --workspace, or make one with `xietong init`."
    )


def open_workspace(start: Path | None = None, url: str | None = None) -> Workspace:
    """The workspace at or above ``start``, its database (or the one of ``url``) brought up to date."""
    root = find_root(start)
    settings = _settings(root / SETTINGS)
    return Workspace(root, settings, open_database(url or database_url(root, settings)))


def create_folder(root: Path, settings_text: str) -> None:
    """Make the folders and the settings file of a new workspace."""
    if (root / SETTINGS).exists():
        raise WorkspaceError(
            f"{root} 已经是工作区。请换一个文件夹。\n  {root} is a workspace already: take another folder."
        )
    for name in FOLDERS:
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / SETTINGS).write_text(settings_text, encoding="utf-8")


def database_url(root: Path, settings: dict[str, Any]) -> str:
    """The environment's setting, else the file's, else SQLite in the folder."""
    url = os.environ.get(DATABASE_VARIABLE) or settings.get("database") or "sqlite:///xietong.db"
    prefix = "sqlite:///"
    if url.startswith(prefix) and not Path(url.removeprefix(prefix)).is_absolute():
        return prefix + (root / url.removeprefix(prefix)).as_posix()
    return str(url)


def _settings(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(
            f"{file} 读不懂：{error}。请按 TOML 格式改正这一行，并存为 UTF-8。\n"
            f"  {file} cannot be read: mend this line after the TOML format and save as UTF-8."
        ) from error
