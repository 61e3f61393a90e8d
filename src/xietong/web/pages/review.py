"""The review queue: what was read waits for a person, who confirms, corrects or rejects it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nicegui import ui

from xietong.app.plans.queries import documents, row
from xietong.app.plans.review import queue, review, review_many
from xietong.errors import ConflictError, XietongError
from xietong.web.correction import Correction
from xietong.web.detail import fields, heading, history, quoted
from xietong.web.figures import printed
from xietong.web.filters import filter_bar, read_filter
from xietong.web.grid import grid, nothing
from xietong.web.pages.page import Page
from xietong.web.visit import Visit, tell

FILTERS = ("plan", "year", "unit", "text", "status")
TABLES = ("clauses", "targets", "milestones", "projects")


@dataclass
class ReviewDesk:
    """The two halves of the page: the queue, and the row that is being looked at."""

    visit: Visit
    items: list[dict[str, Any]] = field(default_factory=list)
    list_again: Callable[[], Any] = lambda: None
    show_again: Callable[[], Any] = lambda: None

    def draw(self) -> None:
        """Queue to the left, row to the right."""
        ui.label(self.visit.t("review.title")).classes("xt-h1")
        listed, shown = ui.refreshable(self._list), ui.refreshable(self._show)
        self.list_again, self.show_again = listed.refresh, shown.refresh
        filter_bar(self.visit, FILTERS, listed.refresh, documents(self.visit.desk()).items)
        with ui.element("div").classes("xt-two review"):
            with ui.element("section"):
                listed()
            with ui.element("section").classes("xt-card xt-sticky").props("data-mark=row"):
                shown()

    def _list(self) -> None:
        with self.visit.telling():
            where = read_filter(self.visit)
            self.items = [
                {**item, "what": what(item, self.visit.language)}
                for item in queue(self.visit.desk(), where).items
            ]
            made = grid(
                self.visit,
                "queue",
                self.items,
                name="review",
                on_open=self.look_at,
                choose=True,
                empty="empty.queue",
            )
            if made is not None:
                ui.button(
                    self.visit.t("review.confirm_chosen"),
                    icon="done_all",
                    on_click=lambda: self._confirm_chosen(made),
                ).props("outline no-caps").props("data-mark=confirm-chosen")

    def look_at(self, item: dict[str, Any]) -> None:
        """Show a row of the queue beside it."""
        self.visit.remember(table=item["table"], row=item["id"])
        self.show_again()

    def _show(self) -> None:
        table, number = self.visit.query.get("table"), self.visit.query.get("row", "")
        if table not in TABLES or not number.isdecimal():
            nothing(self.visit, "empty.chosen")
            return
        with self.visit.telling():
            found = row(self.visit.desk(), table, int(number))
            with ui.element("div").classes("xt-grid-head"):
                ui.label(heading(self.visit, table, found)).classes("xt-h2")
                ui.element("div").classes("xt-space")
                ui.label(self.visit.t(f"status.{found['status']}")).classes(
                    f"xt-tag {found['status']}"
                ).props("data-mark=state")
            fields(self.visit, found)
            quoted(self.visit, found)
            self._decide(table, found)
            history(self.visit, found)

    def _decide(self, table: str, found: dict[str, Any]) -> None:
        if not self.visit.may("plan.review"):
            ui.label(self.visit.t("review.no_right")).classes("xt-note")
            return
        visit = self.visit
        reason = ui.input(label=visit.t("review.reason")).props("dense outlined").classes("xt-wide")
        reason.props("data-mark=reason")

        def decide(action: str, values: dict[str, Any] | None = None) -> None:
            self._store(table, found, action, reason.value or "", values)

        correction = Correction(visit, table, found, lambda values: decide("correct", values))
        with ui.element("div").classes("xt-actions"):
            if found["status"] == "extracted":
                _button(visit, "confirm", "check", "unelevated", lambda: decide("confirm"))
                _button(visit, "correct", "edit", "outline", correction.open)
                _button(
                    visit, "reject", "close", "outline color=negative", lambda: decide("reject")
                )
            else:
                _button(visit, "reopen", "undo", "outline", lambda: decide("reopen"))

    def _store(
        self,
        table: str,
        found: dict[str, Any],
        action: str,
        reason: str,
        values: dict[str, Any] | None,
    ) -> None:
        """Store one decision; a conflict is told in a dialog that loads the row anew."""
        try:
            review(
                self.visit.desk(),
                table,
                found["id"],
                action,
                values=values,
                reason=reason,
                expected_lock=found["lock"],
            )
        except ConflictError as error:
            self._conflict(error)
            return
        except XietongError as error:
            tell(self.visit.told(error), bad=True)
            return
        tell(self.visit.t(f"did.{action}"))
        self._next(table, found["id"], action)

    def _next(self, table: str, number: int, action: str) -> None:
        """After a decision the next row of the queue; after reopening the same."""
        places = [
            at for at, one in enumerate(self.items) if (one["table"], one["id"]) == (table, number)
        ]
        if action != "reopen" and places and not self.visit.query.get("status"):
            rest = self.items[places[0] + 1 :] + self.items[: places[0]]
            following = rest[0] if rest else None
            self.visit.remember(
                table=following and following["table"], row=following and following["id"]
            )
        self.list_again()
        self.show_again()

    def _conflict(self, error: ConflictError) -> None:
        with (
            ui.dialog(value=True) as dialog,
            ui.element("div").classes("xt-dialog").props("data-mark=conflict"),
        ):
            ui.label(self.visit.t("review.conflict")).classes("xt-h2")
            ui.label(self.visit.told(error))

            def again() -> None:
                dialog.close()
                self.list_again()
                self.show_again()

            ui.button(self.visit.t("review.reload"), on_click=again).props(
                "unelevated no-caps"
            ).props("data-mark=reload")

    async def _confirm_chosen(self, made: ui.aggrid) -> None:
        chosen = [self.items[one["_at"]] for one in await made.get_selected_rows()]
        if not chosen:
            tell(self.visit.t("review.choose_first"), bad=True)
            return
        with self.visit.telling():
            for table in TABLES:
                of_table = [one for one in chosen if one["table"] == table]
                if of_table:
                    review_many(
                        self.visit.desk(),
                        table,
                        [one["id"] for one in of_table],
                        "confirm",
                        locks=[one["lock"] for one in of_table],
                    )
            tell(self.visit.t("review.confirmed_n", n=len(chosen)))
        self.list_again()
        self.show_again()


def what(item: dict[str, Any], language: str) -> str:
    """A row of any table in one line."""
    if item["table"] == "targets":
        subject = item["subject"] or "、".join(item["subjects"])
        year = f"{item['year']} · " if item["year"] else ""
        return f"{year}{subject}{item['indicator']} {printed(item, language)} {item['unit']}"
    if item["table"] == "milestones":
        year = f"{item['year']} · " if item["year"] else ""
        return f"{year}{item['indicator']}"
    return str(item.get("heading") or item.get("name"))


def _button(visit: Visit, action: str, icon: str, props: str, on_click: Callable[[], Any]) -> None:
    ui.button(visit.t(f"do.{action}"), icon=icon, on_click=on_click).props(
        f"{props} no-caps"
    ).props(f"data-mark=do-{action}")


def build(visit: Visit) -> None:
    """The page."""
    ReviewDesk(visit).draw()


REVIEW = Page("/plans/review", "plans", "review.title", build, action="plan.read")
