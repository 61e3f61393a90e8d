"""协同度评价: ranking, map, radar and trend of what was imported; before that the empty state."""

from typing import Any

from nicegui import ui

from xietong.app.cocontrol_ranking import degrees
from xietong.app.cocontrol_store import systems
from xietong.app.pages_synergy import spoken
from xietong.cocontrol.coupling import VARIANTS
from xietong.cocontrol.levels import scheme_names
from xietong.cocontrol.weights import METHODS
from xietong.web.grid import nothing
from xietong.web.pages.page import Page
from xietong.web.synergy_degree import draw_degrees
from xietong.web.synergy_guide import guide
from xietong.web.synergy_parts import choice, chosen
from xietong.web.visit import Visit, address

EXPONENTS = (2.0, 3.0, 4.0, 5.0)
WEIGHTINGS = ("equal", "given", *(name for name in METHODS if name not in ("equal", "variation")))


def build(visit: Visit) -> None:
    """The choices, and what they lead to."""
    ui.label(visit.t("synergy.title")).classes("xt-h1")
    ui.label(visit.t("synergy.lead")).classes("xt-note")

    @ui.refreshable
    def shown() -> None:
        options = _options(visit)
        picked = {
            name: chosen(visit, name, keys, next(iter(keys))) for name, keys in options.items()
        }
        with ui.element("div").classes("xt-filters"):
            for name, keys in options.items():
                if name != "exponent" or picked["variant"] == "power":
                    choice(visit, name, keys, next(iter(keys)), shown.refresh)
        with visit.telling():
            found = degrees(visit.desk(), **picked)
            if found["state"] == "empty":
                _empty(visit, str(picked["system"]))
            else:
                draw_degrees(visit, found, shown.refresh)

    shown()


def _options(visit: Visit) -> dict[str, dict[Any, str]]:
    """Every choice with its words; the first of each is the default."""
    known = systems(visit.desk().workspace.root)
    names = {"zh": "title_zh", "en": "title_en"}[visit.language]
    return {
        "system": {
            key: f"{getattr(one, names) or key} {one.version}" for key, one in known.items()
        },
        "weighting": {name: visit.t(f"synergy.weighting.{name}") for name in WEIGHTINGS},
        "variant": {
            name: f"{name} · {spoken(one.note, visit.language)}" for name, one in VARIANTS.items()
        },
        "exponent": {k: f"k = {k:g}" for k in EXPONENTS},
        "scheme": {name: visit.t(f"synergy.levels.{name}") for name in scheme_names()},
    }


def _empty(visit: Visit, system: str) -> None:
    target = address("/synergy/import", system=system)
    with ui.element("div").classes("xt-stack"):
        link = target if visit.may("data.submit") else None
        nothing(visit, "empty.synergy", link, "synergy.import")
        guide(visit, system)


SYNERGY = Page("/synergy", "synergy", "synergy.title", build, action="data.read")
