"""Tabs whose choice stands in the address (``?tab=``); only the chosen one is drawn."""

from collections.abc import Callable, Sequence

from nicegui import ui

from xietong.web.visit import Visit


def tabs(visit: Visit, names: Sequence[str], draw: Callable[[str], None]) -> None:
    """A row of tabs; the first is drawn where the address names none."""
    chosen = visit.query.get("tab", names[0])
    chosen = chosen if chosen in names else names[0]

    @ui.refreshable
    def shown(name: str) -> None:
        with visit.telling():
            draw(name)

    def turn(event: object) -> None:
        name = str(getattr(event, "value", names[0]))
        visit.remember(tab=name, row=None)
        shown.refresh(name)

    with (
        ui.tabs(value=chosen)  # type: ignore[arg-type]  # a name is as good
        .props("dense no-caps align=left inline-label outside-arrows mobile-arrows")
        .classes("xt-tabs")
        .on_value_change(turn)
    ):
        for name in names:
            ui.tab(name, label=visit.t(f"tab.{name}")).props(f"data-mark=tab-{name}")
    with ui.element("div").classes("xt-tab-body"):
        shown(chosen)
