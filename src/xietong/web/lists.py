"""The lists of the library behind tabs: clauses, targets, tasks … of all plans or of one."""

from dataclasses import dataclass
from typing import Any

from nicegui import ui

from xietong.app.plans.queries import documents, rows, tasks, units
from xietong.web.detail import show_detail
from xietong.web.filters import filter_bar, read_filter
from xietong.web.grid import grid
from xietong.web.visit import Visit

# Tab → the filters that make sense on it.
LISTS = {
    "clauses": ("plan", "region", "clause", "unit", "text", "status"),
    "targets": ("plan", "region", "year", "indicator", "unit", "text", "status"),
    "tasks": ("plan", "region", "clause", "unit", "text"),
    "milestones": ("plan", "region", "year", "indicator", "text", "status"),
    "projects": ("plan", "region", "text", "status"),
    "units": ("plan", "region", "unit"),
}
DETAILED = ("clauses", "targets", "milestones", "projects")


@dataclass
class Library:
    """The lists on one page; ``plan`` is the code of the one plan, or None for all."""

    visit: Visit
    plan: str | None = None

    def items(self, tab: str) -> list[dict[str, Any]]:
        """The rows that the filters of the address ask for."""
        desk = self.visit.desk()
        where = read_filter(self.visit, **({"plan": self.plan} if self.plan else {}))
        if tab == "tasks":
            return tasks(desk, where).items
        if tab == "units":
            return units(desk, where).items
        return rows(desk, tab, where).items

    def draw(self, tab: str) -> None:
        """The filters of a tab and its list; the list is drawn again when a filter changes."""
        names = [name for name in LISTS[tab] if not (self.plan and name in ("plan", "region"))]
        all_plans = documents(self.visit.desk()).items

        @ui.refreshable
        def listed() -> None:
            with self.visit.telling():
                self._list(tab)

        filter_bar(self.visit, names, listed.refresh, all_plans)
        listed()

    def _list(self, tab: str) -> None:
        found = self.items(tab)
        made = grid(
            self.visit,
            tab,
            found,
            name=f"{self.plan or 'plans'}-{tab}",
            on_open=self._open(tab) if tab in DETAILED else None,
            hidden=("plan", "plans") if self.plan else (),
        )
        if made is not None and tab in DETAILED and self.visit.query.get("row"):
            self._open_named(tab, found)

    def _open(self, tab: str) -> Any:
        def opened(row: dict[str, Any]) -> None:
            self.visit.remember(row=row["id"])
            show_detail(self.visit, tab, row["id"])

        return opened

    def _open_named(self, tab: str, found: list[dict[str, Any]]) -> None:
        wanted = self.visit.query["row"]
        if any(str(row["id"]) == wanted for row in found):
            ui.timer(0.05, lambda: show_detail(self.visit, tab, int(wanted)), once=True)
