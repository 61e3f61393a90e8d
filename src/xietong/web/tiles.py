"""Key figures as tiles: a number, what it counts, and where to see the rows behind it."""

from collections.abc import Sequence

from nicegui import ui

from xietong.web.figures import plain

Tile = tuple[float | int | str | None, str, str | None]


def tiles(figures: Sequence[Tile], language: str) -> None:
    """One tile per figure; with an address it is a link."""
    with ui.element("div").classes("xt-tiles"):
        for value, label, target in figures:
            outer = ui.link(target=target) if target else ui.element("div")
            with outer.classes("xt-tile"):
                shown = value if isinstance(value, str) else plain(value, language)
                ui.label(shown).classes("xt-figure")
                ui.label(label).classes("xt-note")
