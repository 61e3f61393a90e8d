"""The form to correct one row: a field per column, only what was changed is handed on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nicegui import ui

from xietong.app.plans.review import correctable
from xietong.web.visit import Visit, tell

NUMBERS = {"year", "baseline_year"}
FLOATS = {"value", "value_high"}
FLAGS = {"open_list"}


@dataclass
class Correction:
    """A dialog over one row; ``done`` gets the corrected columns."""

    visit: Visit
    table: str
    row: dict[str, Any]
    done: Callable[[dict[str, Any]], None]
    inputs: dict[str, Any] = field(default_factory=dict)

    def open(self) -> None:
        """Show the form."""
        with (
            ui.dialog(value=True) as dialog,
            ui.element("div").classes("xt-dialog").props("data-mark=correction"),
        ):
            ui.label(self.visit.t("do.correct")).classes("xt-h2")
            for column in correctable(self.table):
                self._input(column)

            def store() -> None:
                try:
                    values = self.values()
                except ValueError:
                    tell(self.visit.t("correct.not_a_number"), bad=True)
                    return
                dialog.close()
                self.done(values)

            with ui.element("div").classes("xt-actions"):
                ui.button(self.visit.t("correct.store"), on_click=store).props(
                    "unelevated no-caps"
                ).props("data-mark=store")
                ui.button(self.visit.t("dialog.cancel"), on_click=dialog.close).props(
                    "flat no-caps"
                )

    def values(self) -> dict[str, Any]:
        """The columns that were changed, in their types; ValueError for a number that is none."""
        now = {name: self._read(name, element.value) for name, element in self.inputs.items()}
        return {name: value for name, value in now.items() if value != self._was(name)}

    def _was(self, name: str) -> Any:
        value = self.row.get("value")
        if name == "value":
            return value[0] if isinstance(value, list) else value
        if name == "value_high":
            return value[1] if isinstance(value, list) else None
        return self.row.get(name)

    def _input(self, name: str) -> None:
        was = self._was(name)
        label = self.visit.t(f"field.{name}")
        if name in FLAGS:
            made: Any = ui.checkbox(label, value=bool(was))
        elif isinstance(was, str) and len(was) > 60:
            made = ui.textarea(label=label, value=was).props("dense outlined autogrow")
        else:
            shown = "、".join(was) if isinstance(was, list) else "" if was is None else f"{was}"
            made = ui.input(label=label, value=shown).props("dense outlined")
        self.inputs[name] = made.classes("xt-wide").props(f"data-mark=correct-{name}")

    def _read(self, name: str, value: Any) -> Any:
        if name in FLAGS:
            return bool(value)
        words = str(value or "").strip()
        if isinstance(self._was(name), list):
            return [part for part in words.replace(",", "、").split("、") if part]
        if not words:
            return self._was(name) if self._was(name) == "" else None
        if name in NUMBERS:
            return int(words)
        return float(words) if name in FLOATS else words
