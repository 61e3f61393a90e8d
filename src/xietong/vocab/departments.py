"""Responsible units: which function of government a printed name stands for.

``functions.csv``: one row per function. ``departments.csv``: one row per pattern of names; ``stem``
patterns are held against the name without its region and its form (厅, 局, 委 …), ``whole`` ones
against the printed name. One department can so be followed across levels, documents and reforms.
"""

import re
from dataclasses import dataclass
from functools import cache

from xietong.vocab.load import rows

_PREFIX = re.compile(
    r"^(?:[一-龥]{2,8}?(?:自治区|自治州|省|市|州|盟|地区|县|区|旗))?(?:自治区|省|市|州|盟|区|县|旗|设区市)?(?:直)?(?:人民政府)?(?=.{2})"
)
_FORM = re.compile(
    r"(?:(?:领导小组)?办公[厅室]|委员会|服务中心|管理中心|发展中心|事务中心|促进中心|中心|工作办|管理办|厅|总局|分局|局|委|办|部|署|处)$"
)
_BRANCH = re.compile(
    r"^(?P<base>.+?[局厅委])(?P<place>[一-龥]{2,6}(?:市|区|县|旗))(?P<form>分局|分厅)$"
)


@dataclass(frozen=True)
class Department:
    """A function of government behind a printed name."""

    function: str
    zh: str
    en: str
    name: str  # the printed name, repaired


@cache
def _functions() -> dict[str, tuple[str, str]]:
    return {row["function"]: (row["zh"], row["en"]) for row in rows("functions")}


@cache
def _patterns(where: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(row["pattern"]), row["function"])
        for row in rows("departments")
        if row["where"] == where
    )


@cache
def function_of(name: str) -> Department | None:
    """The function of a responsible unit, or None where the name is unknown; never a guess.

    >>> function_of("省发展和改革委员会").zh, function_of("市发展改革委").zh
    ('发展改革', '发展改革')
    >>> function_of("山东银保监局").zh, function_of("国家金融监管总局青岛监管局").zh
    ('金融监管', '金融监管')
    >>> function_of("市委金融办").zh, function_of("省地方金融监管局").zh
    ('地方金融管理', '地方金融管理')
    >>> function_of("某某公司") is None
    True
    """
    function = _match(name)
    if function is None:
        return None
    zh, en = _functions()[function]
    return Department(function, zh, en, name)


def _match(name: str) -> str | None:
    for pattern, function in _patterns("whole"):
        if pattern.fullmatch(name):
            return function
    branch = _BRANCH.match(name)
    base = branch["base"] if branch else name
    for rest in _without_place(base):
        for stem in dict.fromkeys((_FORM.sub("", _FORM.sub("", rest)), _FORM.sub("", rest), rest)):
            for pattern, function in _patterns("stem"):
                if pattern.fullmatch(stem):
                    return function
    return None


def _without_place(name: str) -> list[str]:
    """The name, and what stays when its place (省, 青岛市, 自治区 …) is taken off."""
    rest = [name]
    for at in range(1, min(len(name) - 1, 12)):
        if name[at - 1] in "省市州盟区县旗" and _PREFIX.match(name):
            rest.append(name[at:])
    return rest


@cache
def canonical(name: str) -> str:
    """The name of the function in Chinese, or the printed name where it is unknown.

    >>> canonical("省发展和改革委员会")
    '发展改革'
    """
    known = function_of(name)
    return known.zh if known else name


@cache
def repair(name: str) -> tuple[str, bool]:
    """The name without characters doubled at a page break, and whether it was mended.

    >>> repair("市住房城乡建设建设局")
    ('市住房城乡建设局', True)
    >>> repair("市住房城乡建设局")
    ('市住房城乡建设局', False)
    """
    if function_of(name):
        return name, False
    for size in (4, 3, 2, 1):
        for found in re.finditer(rf"(.{{{size}}})\1", name):
            mended = name[: found.start()] + name[found.start() + size :]
            if function_of(mended):
                return mended, True
    return name, False
