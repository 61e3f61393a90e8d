"""Charts by the bundled ECharts: a title that says what is shown, the unit, the source, export.

The chart is drawn once the browser is there and has told whether the page is dark.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nicegui import ui

from xietong.web.colours import colour
from xietong.web.grid import Rows, export_buttons
from xietong.web.visit import Visit
from xietong.web.words import Column

FONT = (
    '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif'
)


@dataclass
class Palette:
    """The page's colours, light or dark."""

    dark: bool

    def __call__(self, kind: str, name: str) -> str:
        return colour(kind, name, self.dark)


@dataclass(frozen=True)
class Figure:
    """What a chart says beside its lines: words, and the rows behind it."""

    title: str
    unit: str
    source: str
    name: str  # of the files it is exported to
    rows: Rows
    columns: tuple[Column, ...] = ()


@dataclass
class Panel:
    """A chart on the page; ``draw`` shows other options in it."""

    visit: Visit
    element: ui.echart
    maps: dict[str, Any] = field(default_factory=dict)

    async def draw(self, options: Callable[[Palette], dict[str, Any]]) -> None:
        """Ask the browser whether it is dark, register maps, show the chart."""
        dark = await ui.run_javascript(
            "return document.body.classList.contains('body--dark')", timeout=10
        )
        for name, shapes in self.maps.items():
            text = json.dumps(shapes, ensure_ascii=False)
            await ui.run_javascript(
                "const bundled = await import('nicegui-echart');"
                f"bundled.echarts.registerMap({name!r}, {text}); return true",
                timeout=10,
            )
        palette = Palette(bool(dark))
        self.element.options.clear()
        self.element.options.update(_base(palette) | options(palette))
        self.element.update()


def chart(
    visit: Visit,
    figure: Figure,
    options: Callable[[Palette], dict[str, Any]],
    *,
    height: int = 380,
    maps: dict[str, Any] | None = None,
    on_click: Callable[[Any], Any] | None = None,
) -> Panel:
    """A chart in its card."""
    with ui.element("section").classes("xt-card xt-chart"):
        with ui.element("div").classes("xt-chart-head"):
            with ui.element("div"):
                ui.label(figure.title).classes("xt-h2")
                ui.label(figure.unit).classes("xt-note")
            ui.element("div").classes("xt-space")
            panel = Panel(visit, None, maps or {})  # type: ignore[arg-type]
            _buttons(visit, figure, panel)
        panel.element = ui.echart({}, on_point_click=on_click).style(f"height: {height}px")
        panel.element.props(f'role=img aria-label="{figure.title}"')
        ui.label(figure.source).classes("xt-note xt-source")
    ui.timer(0.01, lambda: panel.draw(options), once=True)
    return panel


def _buttons(visit: Visit, figure: Figure, panel: Panel) -> None:
    ui.button("PNG", icon="image", on_click=lambda: _picture(figure, panel)).props(
        f'flat dense no-caps aria-label="{visit.t("export.as")} PNG"'
    ).classes("xt-export").props("data-mark=export-png")
    export_buttons(visit, figure.name, figure.rows, figure.columns)


async def _picture(figure: Figure, panel: Panel) -> None:
    dark = await ui.run_javascript("return document.body.classList.contains('body--dark')")
    paint = {name: colour("page", name, bool(dark)) for name in ("paper", "ink", "soft")}
    words = (figure.title, figure.unit, figure.source, f"{figure.name}.png", paint)
    listed = ", ".join(json.dumps(word, ensure_ascii=False) for word in words)
    ui.run_javascript(f"xtPicture({panel.element.id}, {listed})")


def _base(palette: Palette) -> dict[str, Any]:
    return {
        "animationDuration": 300,
        "textStyle": {"fontFamily": FONT, "color": palette("page", "ink")},
        "tooltip": {
            "backgroundColor": palette("page", "paper"),
            "borderColor": palette("page", "line"),
            "textStyle": {"color": palette("page", "ink"), "fontSize": 13},
            "confine": True,
        },
        "aria": {"enabled": True},
    }
