"""Regions: the tree is whole, names are found, former places lead to today's."""

import tomllib

import pytest

from xietong.errors import VocabularyError
from xietong.vocab.load import HERE, rows
from xietong.vocab.regions import (
    candidates,
    children,
    current,
    find_region,
    inside,
    region,
    regions,
    require_region,
)

LEVELS = ("country", "province", "city", "district")


def test_one_row_per_code_and_first_year() -> None:
    keys = [(place.adcode, place.valid_from) for place in regions()]
    assert len(keys) == len(set(keys))


def test_names_of_one_code_do_not_overlap_in_time() -> None:
    for place in regions():
        others = [o for o in regions() if o.adcode == place.adcode and o != place]
        for other in others:
            assert not (other.in_force(place.valid_to) and place.in_force(other.valid_to))


def test_parents_and_successors_exist_and_lie_higher() -> None:
    codes = {place.adcode for place in regions()}
    for place in regions():
        if place.parent is None:
            assert place.level == "country"
            continue
        assert place.parent in codes
        assert LEVELS.index(region(place.parent).level) < LEVELS.index(place.level)
        assert place.successor is None or place.successor in codes


def test_the_code_says_where_a_place_lies() -> None:
    for place in regions():
        if place.level in {"city", "district"}:
            assert inside(place, place.adcode[:2] + "0000")


def test_every_row_names_a_known_source() -> None:
    known = tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))
    for row in rows("regions"):
        assert row["source"] in known, row
        assert (row["confidence"] == "K") == (row["source"] == "unverified"), row
        assert row["source"] != "unverified" or row["locator"], row


def test_counts_of_the_country_today() -> None:
    assert len(children("100000")) == 34
    assert len(children("370000")) == 16
    assert sum(len(children(city.adcode)) for city in children("370000")) == 136
    assert sum(place.level == "city" and place.in_force(None) for place in regions()) == 333


def test_laiwu_became_part_of_jinan() -> None:
    assert region("371200").name == "莱芜市"
    assert [p.adcode for p in children("371200", on=2018)] == ["371202", "371203"]
    assert children("371200") == ()
    assert {"370116", "370117"} <= {p.adcode for p in children("370100")}
    assert not {"370116", "370117"} & {p.adcode for p in children("370100", on=2018)}
    assert (len(children("370000", on=2018)), len(children("370000", on=2019))) == (17, 16)
    assert current("371203").adcode == "370117"
    assert find_region("莱芜市", on=2018) == region("371200")
    assert find_region("莱芜", within="370100") == region("370116")
    assert find_region("钢城区") == region("370117")
    assert find_region("钢城区", on=2010) == region("371203")


def test_a_renamed_city_keeps_its_code() -> None:
    assert region("420600").name == "襄阳市"
    assert region("420600", on=2005).name == "襄樊市"
    assert current("420600").name == "襄阳市"


@pytest.mark.parametrize(
    ("text", "within", "adcode"),
    [
        ("山东省人民政府", None, "370000"),
        ("关于印发青岛市减污降碳协同增效实施方案的通知", None, "370200"),
        ("济南市历下区", None, "370102"),
        ("聊城", None, "371500"),
        ("依托济南、青岛", None, "370100"),
        ("新疆", None, "650000"),
        ("海南", None, "460000"),
        ("吉林省吉林市", None, "220200"),
        ("我省", "370000", "370000"),
        ("全市", "370200", "370200"),
        ("我市", "110000", "110000"),
        ("全国", None, "100000"),
        ("历下", "370100", "370102"),
        ("市中区", "370400", "370402"),
        ("济南", "370200", None),
        ("市中区", None, None),
        ("黄河南岸", None, None),
        ("城市中心城区", None, None),
        ("聊诚市", None, None),
        ("", None, None),
        ("我省", None, None),
    ],
)
def test_find_region(text: str, within: str | None, adcode: str | None) -> None:
    found = find_region(text, within)
    assert (found.adcode if found else None) == adcode


def test_every_name_in_force_is_found_or_ambiguous() -> None:
    for place in regions():
        if place.in_force(None):
            assert place in candidates(place.name)


def test_messages_help() -> None:
    with pytest.raises(VocabularyError, match=r"370103.*370402"):
        require_region("市中区")
    with pytest.raises(VocabularyError, match="聊城市"):
        require_region("聊诚市")
    with pytest.raises(VocabularyError, match="371581"):
        region("371580")
