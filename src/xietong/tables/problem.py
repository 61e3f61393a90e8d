"""A problem of a table: where, what, the likely cause, the next step; all of them, not the first."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from xietong.errors import TableError

SHOWN = 50


@dataclass(frozen=True)
class Problem:
    """One problem; ``code`` is its name, by which a waivable one may be waived."""

    code: str
    sheet: str
    row: int | None
    column: str
    value: str
    cause: str
    remedy: str
    waivable: bool = False

    def __str__(self) -> str:
        where = " ".join(
            part
            for part in (
                self.sheet,
                f"第 {self.row} 行 row {self.row}" if self.row else "",
                f"“{self.column}”" if self.column else "",
            )
            if part
        )
        value = f" {self.value!r}" if self.value else ""
        waive = f"（可豁免 --waive {self.code}）" if self.waivable else ""
        return f"{where}:{value} {self.cause}。{self.remedy}{waive}"

    def as_dict(self) -> dict[str, Any]:
        """Keys as printed with ``--json``."""
        return asdict(self)


class TableProblemsError(TableError):
    """A file with problems; ``problems`` holds every one of them."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems[:SHOWN])
        more = len(self.problems) - SHOWN
        tail = f"\n  … 另有 and {more} more" if more > 0 else ""
        super().__init__(f"{file}: {len(self.problems)} 个问题 problems\n{lines}{tail}")


def refuse(
    file: str, problems: Iterable[Problem], waive: Iterable[str] = ()
) -> tuple[Problem, ...]:
    """Raise what is not waived; give back what was waived by name."""
    found, waived = list(problems), set(waive)
    left = [one for one in found if not (one.waivable and one.code in waived)]
    if left:
        raise TableProblemsError(file, left)
    return tuple(found)
