"""Regions of China by GB/T 2260 code: country, provinces, cities; for Shandong also districts.

Grain of ``regions.csv``: one row per code and name in force. Years are those of the lists at year's
end: ``valid_from`` is the first year whose list has the row, ``valid_to`` the last; empty means
before 1980, still in force, or not found (``locator`` says so). ``successor`` is a code.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from xietong.errors import VocabularyError
from xietong.vocab.load import rows, year

COUNTRY = "100000"
_OWN = re.compile(r"^[我全本]?(省|市|区县|区|县|自治区)$")


@dataclass(frozen=True)
class Region:
    """A place of the tree country › province › city › district."""

    adcode: str
    name: str
    short_name: str
    level: str  # country | province | city | district
    parent: str | None
    valid_from: int | None
    valid_to: int | None
    successor: str | None
    source: str

    def in_force(self, on: int | None) -> bool:
        """Was it on the list of the year ``on``? None asks for today's list."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from or 0) <= on <= (self.valid_to or 9999)


@cache
def regions() -> tuple[Region, ...]:
    """All rows of the table, former ones included, by code."""
    return tuple(
        Region(
            adcode=row["adcode"],
            name=row["name"],
            short_name=row["short_name"],
            level=row["level"],
            parent=row["parent"] or None,
            valid_from=year(row["valid_from"]),
            valid_to=year(row["valid_to"]),
            successor=row["successor"] or None,
            source=row["source"],
        )
        for row in rows("regions")
    )


@cache
def _by_code() -> dict[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = {}
    for place in regions():
        found.setdefault(place.adcode, []).append(place)
    return {code: tuple(places) for code, places in found.items()}


@cache
def _by_parent() -> dict[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = {}
    for place in regions():
        found.setdefault(place.parent or "", []).append(place)
    return {code: tuple(places) for code, places in found.items()}


def region(adcode: str | int, on: int | None = None) -> Region:
    """The region of a six-digit code: the one in force in the year ``on``, else the latest.

    A code that is not in the table raises ``VocabularyError``.

    >>> region("370116").name, region(371200).successor
    ('莱芜区', '370100')
    """
    code = str(adcode)
    places = _by_code().get(code)
    if places is None:
        near = get_close_matches(code, _by_code(), n=3, cutoff=0.75)
        hint = f"; near: {', '.join(f'{c} {_by_code()[c][-1].name}' for c in near)}" if near else ""
        raise VocabularyError(
            f"行政区划代码 {code!r} 不在区划表中 (not in vocab/regions.csv{hint}). "
            "Use six digits of GB/T 2260; districts are listed for Shandong only."
        )
    return next((place for place in places if place.in_force(on)), places[-1])


def children(adcode: str | int, on: int | None = None) -> tuple[Region, ...]:
    """What lies one step below a region, by code: today's, or of the year ``on``.

    >>> len(children("370000")), len(children("370000", on=2015))
    (16, 17)
    """
    code = region(adcode).adcode
    return tuple(place for place in _by_parent().get(code, ()) if place.in_force(on))


def ancestors(adcode: str | int) -> tuple[Region, ...]:
    """From the parent up to the country.

    >>> [place.short_name for place in ancestors("370116")]
    ['济南', '山东', '中国']
    """
    place, line = region(adcode), []
    while place.parent:
        place = region(place.parent)
        line.append(place)
    return tuple(line)


def inside(place: Region, within: str) -> bool:
    """Is the region ``within`` itself, or does it lie in it?"""
    return place.adcode == within or any(
        above.adcode == within for above in ancestors(place.adcode)
    )


def current(adcode: str | int) -> Region:
    """The region that today stands for a code: successors are followed.

    >>> current("371202").adcode
    '370116'
    """
    place = region(adcode)
    while place.valid_to is not None and place.successor:
        following = region(place.successor)
        if following == place:
            break
        place = following
    return place


def candidates(
    text: str, within: str | int | None = None, on: int | None = None
) -> tuple[Region, ...]:
    """The regions that the first place name in ``text`` can mean; several where it is ambiguous.

    The longest name at the leftmost place counts; a chain (山东省济南市历下区) is followed to its
    end. Names in force (today, or in the year ``on``) go before former ones. A short name that is
    also a word or a part of words (河南 in 黄河南岸) counts only at the beginning or after a mark or
    preposition; that of a district (历下) only where it is the whole text, or begins it and
    ``within`` is given. A short name that a province shares with a city (吉林, 海南) means the province.
    """
    text = re.sub(r"\s+", "", text)
    within = None if within is None else region(within).adcode
    if text in {"国家", "全国", "我国"}:
        return (region(COUNTRY),)
    own = _OWN.match(text)
    if own and within:
        return _own_place(own[1], within)
    for start in range(len(text)):
        found = _longest_at(text, start, within, on)
        if found:
            return found
    return ()


def find_region(text: str, within: str | int | None = None, on: int | None = None) -> Region | None:
    """The region that ``text`` names, or None where it names none or cannot be told apart.

    ``within`` limits the search to a region and what lies in it and resolves 我省 and 全市; ``on``
    is a year: names of that year's list.

    >>> find_region("聊城市减污降碳协同增效实施方案").adcode, find_region("山东省济南市历下区").adcode
    ('371500', '370102')
    >>> find_region("市中区") is None, find_region("市中区", within="370100").adcode
    (True, '370103')
    >>> find_region("我省", within="371500").name, find_region("莱芜市").valid_to
    ('山东省', 2018)
    """
    found = candidates(text, within, on)
    return found[0] if len(found) == 1 else None


def require_region(text: str, within: str | int | None = None, on: int | None = None) -> Region:
    """As ``find_region``, but ``VocabularyError`` with candidates or near names instead of None.

    >>> require_region("济南").adcode
    '370100'
    """
    found = candidates(text, within, on)
    if len(found) == 1:
        return found[0]
    if found:
        listed = "、".join(f"{place.adcode} {_path(place)}" for place in found)
        raise VocabularyError(
            f"地名 {text!r} 有歧义 (ambiguous): {listed}. Write the code, or name the city before it."
        )
    everything = {place.name: place for place in regions() if place.in_force(on)}
    shorts = {place.short_name: place for place in everything.values()}
    near = get_close_matches(text, [*everything, *shorts], n=3, cutoff=0.5)
    hint = f" Did you mean {'、'.join(near)}?" if near else ""
    raise VocabularyError(
        f"没有找到地名 {text!r} (no region of that name in vocab/regions.csv).{hint} "
        "Districts are listed for Shandong only; elsewhere use the city."
    )


def _path(place: Region) -> str:
    return "".join(above.name for above in reversed(ancestors(place.adcode)[:-1])) + place.name


def _own_place(word: str, within: str) -> tuple[Region, ...]:
    """我省, 全市: the region itself or the one above it at that level."""
    level = {"省": "province", "自治区": "province", "市": "city"}.get(word, "district")
    line = (region(within), *ancestors(within))
    found = tuple(place for place in line if place.level == level)
    if not found and word == "市" and line[0].name.endswith("市"):
        return line[:1]  # 北京市 is a province by level
    return found


_MAX = 16  # characters of the longest name


@cache
def names_of_regions() -> frozenset[str]:
    """All names and short names of the table, former ones included."""
    return frozenset(_by_name())


@cache
def _also_words() -> frozenset[str]:
    """Short names that also occur within other words and names."""
    return frozenset(row["name"] for row in rows("region_words"))


@cache
def _by_name() -> dict[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = {}
    for place in regions():
        for name in {place.name, place.short_name}:
            found.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def _longest_at(text: str, start: int, within: str | None, on: int | None) -> tuple[Region, ...]:
    """The places of the longest name at ``start``, narrowed by the names that follow at once."""
    for stop in range(min(len(text), start + _MAX), start + 1, -1):
        named = _by_name().get(text[start:stop], ())
        fitting = tuple(
            place
            for place in named
            if (within is None or inside(place, within))
            and _may_stand(place, text, start, stop, within)
        )
        fitting = _in_force_first(fitting, on)
        if fitting:
            return _follow(text, stop, fitting, on)
    return ()


def _follow(text: str, stop: int, places: tuple[Region, ...], on: int | None) -> tuple[Region, ...]:
    for end in range(min(len(text), stop + _MAX), stop + 1, -1):
        below = tuple(
            place
            for place in _by_name().get(text[stop:end], ())
            if any(place.adcode != top.adcode and inside(place, top.adcode) for top in places)
            and (text[stop:end] == place.name or place.level != "district")
        )
        below = _in_force_first(below, on)
        if below:
            return _follow(text, end, below, on)
    return places


def _in_force_first(places: tuple[Region, ...], on: int | None) -> tuple[Region, ...]:
    """Those in force; where there are none and no year was asked for, the latest former ones."""
    valid = tuple(place for place in places if place.in_force(on))
    if valid or on is not None or not places:
        provinces = tuple(place for place in valid if place.level == "province")
        return provinces or valid
    latest = max(place.valid_to or 0 for place in places)
    return tuple(place for place in places if place.valid_to == latest)


def _may_stand(place: Region, text: str, start: int, stop: int, within: str | None) -> bool:
    name = text[start:stop]
    if name == place.name:
        return True
    if place.level == "district" and place.adcode[2:4] != "90":
        return name == text or (within is not None and start == 0 and place.adcode != within)
    if start == 0 or name not in _also_words():
        return True
    before = text[start - 1]
    return not _is_han(before) or before in "在对向于和与及赴驻省市区是由"


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
