"""What an inventory is made with: sets chosen by name, what may fill gaps, views."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xietong.errors import ParameterError
from xietong.params import programmes, topic, topics

RECOVERED = ("memo", "count")


@dataclass(frozen=True)
class Settings:
    """Choices by topic; a property of the inventory, printed with every result.

    ``chosen`` names the set of a topic (``combustion/carbon`` → ``provincial-2011``), ``fill`` the
    sets that may answer where it has nothing, ``gwp`` the warming potentials, ``recovered`` whether
    CO2 of blast-furnace and converter gas is a memo item (its carbon is counted in the coke) or
    counted, ``control_carbon`` whether devices that the tables name bring their own carbon with them
    (the sheet of pollution control always does).
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    fill: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gwp: str = "AR5"
    recovered: str = "memo"
    workspace: Path | None = None
    control_carbon: bool = False

    def programme(self, name: str) -> str | None:
        """The set chosen for a topic, else its default.

        >>> Settings().programme("combustion/carbon")
        'provincial-2025'
        """
        return self.chosen.get(name, topic(name).default)


def settings_of(content: Mapping[str, Any], workspace: Path | None = None) -> Settings:
    """Settings from the ``[inventory]`` table of ``xietong.toml``.

    Keys: ``programme`` (short for the carbon table), ``pollutants``, ``electricity``, ``gwp``,
    ``recovered``, ``control_carbon``, and ``fill`` with the same names; any topic by its full name
    too.

    >>> settings_of({"programme": "ets-2024", "fill": {"pollutants": ["emep-eea"]}}).fill
    {'combustion/pollutants': ('emep-eea',)}
    """
    short = {
        "programme": "combustion/carbon",
        "pollutants": "combustion/pollutants",
        "electricity": "energy/electricity",
    }
    chosen: dict[str, str] = {}
    fill: dict[str, tuple[str, ...]] = {}
    for key, value in content.items():
        name = short.get(key, key)
        if key == "fill":
            fill = {short.get(k, k): _names(v) for k, v in value.items()}
        elif name in topics():
            chosen[name] = str(value)
        elif key not in {"gwp", "recovered", "control_carbon"}:
            raise ParameterError(
                f"[inventory] 没有设置项 {key!r}（no such setting）。可用 known: "
                f"{', '.join([*short, 'gwp', 'recovered', 'control_carbon', 'fill'])}"
            )
    gwp, recovered = str(content.get("gwp", "AR5")), str(content.get("recovered", "memo"))
    if gwp not in programmes("gwp/gwp100"):
        raise ParameterError(f"gwp {gwp!r}: 可用 known: {', '.join(programmes('gwp/gwp100'))}")
    if recovered not in RECOVERED:
        raise ParameterError(f"recovered {recovered!r}: 可用 known: {', '.join(RECOVERED)}")
    control_carbon = content.get("control_carbon", False)
    if not isinstance(control_carbon, bool):
        raise ParameterError(
            f"control_carbon {control_carbon!r}: 应为 true 或 false must be a boolean"
        )
    return Settings(chosen, fill, gwp, recovered, workspace, control_carbon)


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
