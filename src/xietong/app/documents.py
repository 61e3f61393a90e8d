"""Use cases on plan documents that need no workspace: read files, look one up in the library."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from xietong.errors import DocumentError
from xietong.plans.model import Plan


@dataclass(frozen=True)
class Parsed:
    """What was read, and for each file that could not be read its message."""

    plans: tuple[Plan, ...]
    problems: tuple[str, ...]


def parse_files(
    paths: Iterable[str | Path], progress: Callable[[str], None] | None = None
) -> Parsed:
    """Read plan documents one after another; a bad file does not stop the others.

    ``progress`` is called with the name of each file before it is read.
    """
    from xietong.plans.parse import parse_document

    plans: list[Plan] = []
    problems: list[str] = []
    for path in paths:
        if progress:
            progress(Path(path).name)
        try:
            plans.append(parse_document(path))
        except DocumentError as error:
            problems.append(str(error))
    return Parsed(tuple(plans), tuple(problems))


def plan_of(name: str) -> Plan:
    """The plan of a file, or of the compiled library by its id.

    Raises
    ------
    DocumentError
        Neither a file nor an id; the message lists the ids.
    """
    from xietong.plans.library import library_ids, library_plan
    from xietong.plans.parse import parse_document

    if name in library_ids():
        return library_plan(name)
    if Path(name).exists():
        return parse_document(name)
    ids = "、".join(library_ids())
    raise DocumentError(
        f"{name}: 没有这个文件，也不是内置文件库的编号。\n"
        f"  内置编号：{ids}\n"
        f"  Neither a file nor an id of the library. Give a path, or one of these ids."
    )
