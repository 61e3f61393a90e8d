"""Responsible units: the department, and the function of government, behind a printed name.

``functions.csv``: one row per function. ``departments.csv``: one row per name without its place (省,
青岛市): ``name`` with any of ``suffixes`` (厅, 局, 委 …) or, without suffixes, as it stands; ``*`` holds
a region's name. ``alias_of`` is the full form of a short one, ``successor`` the name after a reform,
``valid_from`` and ``valid_to`` years, empty where unknown. A name that is in no row is unknown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from xietong.vocab.load import names, rows, year
from xietong.vocab.regions import names_of_regions

_LEVEL = r"(?:自治区|自治州|自治县|省级|市级|区级|县级|设区市|各县市区|各市县|县市区|区县|县区|区市|市县|市州|省|市|区|县|旗|盟|州|地区|兵团)"
_PREFIX = re.compile(
    rf"(?:国家|中央|中共)?(?:各级|各)?(?:[一-龥]{{2,9}}?{_LEVEL}){{0,3}}{_LEVEL}?(?:直|属)?"
)
_EVERY = re.compile(rf"(?P<every>各|所属|所辖)(?:级|设区)?{_LEVEL}?")
_LONGEST_PREFIX = 16
_BRANCH = re.compile(r"(?P<base>.+?局)(?P<branch>[一-龥]{0,10}分局)")
_REMARK = re.compile(r"\s+|[（(](?:以下|含|不含|包括)[^（）()]*[）)]|[（(]市、区[）)]")
_FULL = {"委": "委员会", "办": "办公室"}
_OF_ALL = ("主管部门", "行政主管部门", "部门")  # 工业和信息化主管部门


@dataclass(frozen=True)
class Department:
    """A department behind a printed name, and its function of government."""

    function: str
    zh: str
    en: str
    name: str  # as printed, without white space
    full_name: str  # short forms written out: 省发展和改革委员会
    successor: str | None  # full name after a reform
    valid_from: int | None
    valid_to: int | None
    source: str


@dataclass(frozen=True)
class _Entry:
    """One row of the table, with one of its suffixes."""

    row: dict[str, str]
    full_name: str
    successor: str | None


@cache
def function_of(name: str) -> Department | None:
    """The department of a responsible unit, or None where the name is unknown; never a guess.

    >>> function_of("省发展和改革委员会").function == function_of("高密市发改局").function
    True
    >>> function_of("市住房城乡建设局").full_name, function_of("市生态环境局莱芜分局").zh
    ('市住房和城乡建设局', '生态环境')
    >>> function_of("省地方金融监管局").successor
    '省委金融委员会办公室'
    >>> function_of("莱芜银保监分局").successor
    '国家金融监督管理总局莱芜监管分局'
    >>> function_of("某某公司") is None
    True
    """
    plain = _REMARK.sub("", name).replace("部门（单位）", "部门单位").replace("各市、县", "各市县")
    return _department(plain) or _branch(plain)


@cache
def canonical(name: str) -> str:
    """The name of the function in Chinese, or the printed name where it is unknown.

    >>> canonical("省发展和改革委员会"), canonical("某某公司")
    ('发展改革', '某某公司')
    """
    known = function_of(name)
    return known.zh if known else name


@cache
def full_name(name: str) -> str:
    """The name with its short forms written out, or as printed where it is unknown.

    >>> full_name("省发展改革委"), full_name("人民银行聊城市中心支行")
    ('省发展和改革委员会', '中国人民银行聊城市中心支行')
    """
    known = function_of(name)
    return known.full_name if known else name


@cache
def repair(name: str) -> tuple[str, bool]:
    """The name without characters doubled at a page break, and whether it was mended.

    >>> repair("市住房城乡建设建设局")
    ('市住房城乡建设局', True)
    >>> repair("市市场监管局"), repair("某某某公司")
    (('市市场监管局', False), ('某某某公司', False))
    """
    if function_of(name):
        return name, False
    for size in (6, 5, 4, 3, 2, 1):
        for found in re.finditer(rf"(?=(.{{{size}}})\1)", name):
            mended = name[: found.start()] + name[found.start() + size :]
            if function_of(mended):
                return mended, True
    return name, False


@cache
def functions() -> dict[str, tuple[str, str]]:
    """Chinese and English name of each function of government, by id."""
    return {row["function"]: (row["zh"], row["en"]) for row in rows("functions")}


def _department(name: str) -> Department | None:
    for pattern, entry in _patterns():
        found = pattern.fullmatch(name)
        if found and all(place in names_of_regions() for place in found.groups()):
            after = _filled(entry.successor, found) if entry.successor else None
            return _made(name, entry, _filled(entry.full_name, found), after)
    for prefix, rest in _without_place(name):
        known = _entries().get(rest)
        if known:
            every = rest.startswith("各") and prefix.startswith("各")
            full = known.full_name[every:]
            after = prefix + known.successor if known.successor else None
            return _made(name, known, prefix + full, after)
    return None


def _branch(name: str) -> Department | None:
    """市生态环境局莱芜分局: the department of which it is a branch."""
    found = _BRANCH.fullmatch(name)
    of = _department(found["base"]) if found else None
    if not found or not of:
        return None
    zh = of.full_name + found["branch"]
    return Department(of.function, of.zh, of.en, name, zh, None, None, None, of.source)


def _without_place(name: str) -> Iterator[tuple[str, str]]:
    """Each way to take a place (nothing, 省, 青岛市, 各区县) off the front."""
    for at in range(min(len(name) - 1, _LONGEST_PREFIX)):
        prefix, rest = name[:at], name[at:]
        if at == 0 or prefix in names_of_regions():
            yield prefix, rest
        elif _EVERY.fullmatch(prefix):
            yield prefix, "各" + rest
            yield prefix, rest
        elif _PREFIX.fullmatch(prefix):
            yield prefix, rest


def _made(name: str, entry: _Entry, full: str, successor: str | None) -> Department:
    row = entry.row
    zh, en = functions()[row["function"]]
    return Department(
        row["function"],
        zh,
        en,
        name,
        full,
        successor,
        year(row["valid_from"]),
        year(row["valid_to"]),
        row["source"],
    )


@cache
def _entries() -> dict[str, _Entry]:
    """Every name without wildcard, each suffix written out."""
    found: dict[str, _Entry] = {}
    for row in rows("departments"):
        if "*" in row["name"]:
            continue
        stem, after = row["alias_of"] or row["name"], row["successor"] or None
        if not row["suffixes"]:
            found[row["name"]] = _Entry(row, stem, after)
            continue
        for suffix in names(row["suffixes"]):
            written = _FULL.get(suffix, suffix)
            found[row["name"] + suffix] = _Entry(
                row, stem + written, _with_suffix(after, written) if after else None
            )
        for suffix in _OF_ALL:
            found.setdefault(row["name"] + suffix, _Entry(row, stem + suffix, None))
        if "局" in names(row["suffixes"]):
            found.setdefault(row["name"] + "分局", _Entry(row, stem + "分局", None))
    return found


@cache
def _stems() -> frozenset[str]:
    return frozenset(row["name"] for row in rows("departments") if row["suffixes"])


def _with_suffix(stem: str, suffix: str) -> str:
    return stem + suffix if stem in _stems() else stem


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], _Entry], ...]:
    """Names with a place within; those with more fixed text first."""
    wild = sorted(
        (row for row in rows("departments") if "*" in row["name"]),
        key=lambda row: -len(row["name"]),
    )
    return tuple(
        (
            re.compile(re.escape(row["name"]).replace(r"\*", "([一-龥]{2,12}?)")),
            _Entry(row, row["alias_of"] or row["name"], _alias(row["successor"])),
        )
        for row in wild
    )


def _alias(name: str) -> str | None:
    """The full form of a successor."""
    row = next((row for row in rows("departments") if row["name"] == name), None)
    return (row["alias_of"] or name) if row else None


def _filled(form: str, found: re.Match[str]) -> str:
    for place in found.groups():
        form = form.replace("*", place, 1)
    return form
