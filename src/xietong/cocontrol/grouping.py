"""Columns and groups written as text: ``air: so2-, nox-; carbon: co2-``."""

from xietong.cocontrol.index_system import IndexSystem
from xietong.cocontrol.indicator import Indicator
from xietong.cocontrol.panel import refuse


def parse_columns(text: str, subsystem: str = "") -> tuple[Indicator, ...]:
    """Indicators of a list of columns; ``-`` behind a name counts it negative, ``@7`` gives an ideal.

    Examples
    --------
    >>> [(i.column, i.direction, i.ideal) for i in parse_columns("gdp, co2-, ph@7")]
    [('gdp', 'positive', None), ('co2', 'negative', None), ('ph', 'moderate', 7.0)]
    """
    out, problems = [], []
    for part in (piece.strip() for piece in text.split(",")):
        name, at, ideal = part.partition("@")
        direction = "negative" if part.endswith("-") else "moderate" if at else "positive"
        column = name.rstrip("+-").strip()
        if not column:
            problems.append(f"{part!r}: 空的列名 · empty column name")
            continue
        try:
            value = float(ideal) if at else None
        except ValueError:
            problems.append(f"{part!r}: @ 后应为理想值 · a number must follow @")
            continue
        out.append(Indicator(column, direction, subsystem, ideal=value))
    names = [one.column for one in out]
    problems += [f"{n}: 重复 · twice" for n in sorted({n for n in names if names.count(n) > 1})]
    refuse(problems, "列 columns")
    return tuple(out)


def parse_groups(text: str) -> IndexSystem:
    """An index system without a file, from text; groups are divided by ``;``.

    Examples
    --------
    >>> system = parse_groups("air: so2-, nox-; carbon: co2-")
    >>> list(system.subsystems), [i.column for i in system.of("air")]
    (['air', 'carbon'], ['so2', 'nox'])
    """
    indicators: list[Indicator] = []
    subsystems: dict[str, tuple[str, str]] = {}
    for part in (piece for piece in text.split(";") if piece.strip()):
        key, colon, columns = part.partition(":")
        key = key.strip()
        if not colon or not key or key in subsystems:
            refuse(
                [f"{part.strip()!r}: 写作 名称: 列, 列- · write name: column, column-"],
                "分组 groups",
            )
        subsystems[key] = (key, key)
        indicators += parse_columns(columns, key)
    if not subsystems:
        refuse(["没有分组 · no groups"], "分组 groups")
    return IndexSystem(
        "given", "on the command line", "", "", "", "", subsystems, tuple(indicators)
    )
