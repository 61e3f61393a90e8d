"""What a target, an effect or a budget is counted in: names, house units, conversion at the door."""

import re
from collections.abc import Mapping

from xietong.cocontrol.plain_names import species_column
from xietong.errors import VocabularyError
from xietong.vocab.measures_of_quantity import measure
from xietong.vocab.species import find_species

CO2E, ENERGY, COAL, COST, INVESTMENT = "co2e_t", "energy_tce", "coal_t", "cost", "investment"
INDICATOR = "indicator_"
NAMES = {
    "energy": ENERGY, "energy_tce": ENERGY, "能源": ENERGY, "能耗": ENERGY, "能源消费": ENERGY,
    "coal": COAL, "coal_t": COAL, "煤炭": COAL, "煤": COAL, "煤炭消费": COAL,
}  # fmt: skip
SPENT = {"cost": COST, "年成本": COST, "成本": COST, "investment": INVESTMENT, "投资": INVESTMENT}
CARBON = (CO2E, ENERGY, COAL)
MASSES = ("mass", "carbon dioxide", "greenhouse gases")
WITH_UNIT = re.compile(r"^(?P<name>.+?)\s*[(（\[](?P<unit>[^()（）\[\]]+)[)）\]]$")
AMOUNT = re.compile(r"^\s*(?P<number>[-+]?[\d.,]+(?:[eE][-+]?\d+)?)\s*(?P<unit>.*?)\s*$")
YEARLY = re.compile(r"(/|每)\s*(a|年|yr|year)$")
NAMES_SHOWN = {ENERGY: ("能源消费", "energy"), COAL: ("煤炭消费", "coal"),
               CO2E: ("二氧化碳当量", "CO2e")}  # fmt: skip


def column_of(name: str) -> tuple[str | None, str | None]:
    """The column that a name stands for, and a problem where there is none.

    >>> column_of("NOx"), column_of("能耗"), column_of("indicator_rail_share")
    (('nox_t', None), ('energy_tce', None), ('indicator_rail_share', None))
    >>> column_of("co2e")[0], column_of("NOX2")[1][:24]
    ('co2e_t', "没有物种 no such species: 'N")
    """
    text = name.strip()
    if text.lower() in NAMES:
        return NAMES[text.lower()], None
    if text.lower().startswith(INDICATOR) and len(text) > len(INDICATOR):
        return text.lower(), None
    return species_column(text)


def unit_of(column: str) -> str:
    """The unit of the house for a column: t, kg (mercury), tce; an indicator's own.

    >>> unit_of("nox_t"), unit_of("hg_kg"), unit_of("energy_tce"), unit_of("indicator_x")
    ('t', 'kg', 'tce', '1')
    """
    if column.startswith(INDICATOR):
        return "1"
    return column.rsplit("_", 1)[1]


def shown(column: str, language: str = "zh") -> str:
    """A column's name for people.

    >>> shown("nox_t"), shown("nox_t", "en"), shown("energy_tce")
    ('NOx', 'NOx', '能源消费')
    """
    if column in NAMES_SHOWN:
        return NAMES_SHOWN[column][language == "en"]
    if column.startswith(INDICATOR):
        return column.removeprefix(INDICATOR)
    return find_species(column).formula


def heading(text: str) -> tuple[str | None, float, str | None]:
    """A column heading: the house's column, the factor to its unit, a problem.

    >>> heading("NOx (万吨)"), heading("so2_t"), heading("energy (GJ)")[1] < 0.05
    (('nox_t', 10000.0, None), ('so2_t', 1.0, None), True)
    >>> heading("NOx (kWh)")[2]
    "'NOx (kWh)': 单位不合 unit mismatch: 'kWh' 不能换算成 t"
    """
    found = WITH_UNIT.match(text.strip())
    name = found["name"] if found else text
    column, problem = column_of(name)
    if column is None or not found:
        return column, 1.0, problem
    scale, problem = factor(found["unit"], unit_of(column))
    return column, scale, f"{text!r}: {problem}" if problem else None


def factor(unit: str, wanted: str) -> tuple[float, str | None]:
    """How many house units one unit is; tonnes of CO2 and of CO2e are tonnes here.

    >>> factor("万吨标准煤", "tce"), factor("亿元", "CNY"), factor("亿元/年", "CNY")
    ((10000.0, None), (100000000.0, None), (100000000.0, None))
    >>> factor("万千瓦", "t")[1]
    "单位不合 unit mismatch: '万千瓦' 不能换算成 t"
    """
    text = YEARLY.sub("", unit.strip())
    if not text or text == wanted:
        return 1.0, None
    try:
        one, other = measure(text), measure(wanted)
    except VocabularyError as error:
        return 1.0, f"没有此单位 no such unit {unit!r}: {error}"
    both_mass = one.dimension in MASSES and other.dimension in MASSES
    if one.base != other.base and not both_mass:
        return 1.0, f"单位不合 unit mismatch: {unit!r} 不能换算成 {wanted}"
    return round(one.factor / other.factor, 12), None


def amount(value: object, wanted: str, unit: str = "") -> tuple[float | None, str | None]:
    """A number, or a text with its unit, in the house's unit; or a problem.

    >>> amount("1.2万吨", "t"), amount(5, "CNY", "亿元"), amount("20", "t")
    ((12000.0, None), (500000000.0, None), (20.0, None))
    >>> amount("很多", "t")[1]
    "不是数 not a number: '很多'"
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        number, text = float(value), unit
    else:
        found = AMOUNT.match(str(value))
        if found is None:
            return None, f"不是数 not a number: {value!r}"
        try:
            number = float(found["number"].replace(",", ""))
        except ValueError:
            return None, f"不是数 not a number: {value!r}"
        text = found["unit"] or unit
    if not abs(number) < float("inf"):
        return None, f"不是有限数 not finite: {value!r}"
    scale, problem = factor(text, wanted)
    return (None, problem) if problem else (number * scale, None)


def price(value: object, wanted: str) -> tuple[float | None, str | None]:
    """A price per unit of a quantity in CNY: ``80 元/吨`` or a plain number [CNY per house unit].

    >>> price("80 元/吨", "t"), price(0.5, "t"), price("0.8 万元/tce", "tce")
    ((80.0, None), (0.5, None), (8000.0, None))
    """
    text = str(value)
    before, slash, after = text.partition("/")
    money, problem = amount(before if slash else value, "CNY")
    if problem or money is None or not slash:
        return money, problem
    scale, problem = factor(after, wanted)
    return (None, problem) if problem else (money / scale, None)


def carbon(column: str, greenhouse: Mapping[str, float]) -> bool:
    """Does a target on this column stand for carbon (CO2e, a gas, energy, coal)?

    >>> carbon("co2e_t", {}), carbon("ch4_t", {"ch4_t": 28.0}), carbon("nox_t", {})
    (True, True, False)
    """
    return column in CARBON or column in greenhouse
