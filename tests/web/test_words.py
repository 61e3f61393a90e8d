"""Texts, columns, colours and pages agree with each other and with the vocabularies."""

import re
from pathlib import Path
from string import Formatter

import pytest

from xietong.app.access import actions
from xietong.app.plans.review import correctable
from xietong.app.plans.rows import REVIEWED
from xietong.plans.themes import themes
from xietong.vocab.sectors import sectors
from xietong.web.colours import colours
from xietong.web.lists import LISTS
from xietong.web.pages import PAGES
from xietong.web.words import FOLDER, columns, text, texts

SOURCES = {path: path.read_text(encoding="utf-8") for path in Path(FOLDER).rglob("*.py")}
HAN = re.compile("[\u4e00-\u9fff]")


def test_every_text_is_there_in_both_languages_with_the_same_facts():
    for key, words in texts().items():
        assert words["zh"].strip(), key
        assert words["en"].strip(), key
        facts = [
            {name for _, name, _, _ in Formatter().parse(one) if name} for one in words.values()
        ]
        assert facts[0] == facts[1], key
        assert not HAN.search(words["en"]) or key in ("switch.language", "side.source"), key


def test_every_text_that_a_page_names_exists_and_none_is_left_over():
    named, families = set(), set()
    for source in SOURCES.values():
        named |= (
            set(re.findall(r"""["']([a-z_]+(?:\.[A-Za-z_.=<>~]+)+)["']""", source)) & texts().keys()
        )
        for key in re.findall(r'\bt\("([^"]+)"', source):
            assert key in texts(), key
            named.add(key)
        families |= set(re.findall(r'f"([a-z_]+(?:\.[a-z_]+)*)\.\{', source))
        families |= set(re.findall(r'labels\("([a-z]+)"', source))
    families |= {column.kind for table in tables() for column in columns(table)}
    families |= {"operator", "direction", "measure"}  # asked for by the name of the column
    left = {key for key in texts() if key not in named and not in_family(key, families)}
    assert left == set()


def in_family(key: str, families: set[str]) -> bool:
    parts = key.split(".")
    return any(".".join(parts[:n]) in families for n in range(1, len(parts)))


def tables() -> set[str]:
    lines = (Path(FOLDER) / "columns.csv").read_text(encoding="utf-8").splitlines()[1:]
    return {line.split(",")[0] for line in lines}


def test_no_page_writes_chinese_into_its_code():
    allowed = {"figures.py"}  # signs and magnitudes: 约, 万, 亿
    for path, source in SOURCES.items():
        code = re.sub(r'"""(?:.|\n)*?"""|#.*', "", source)
        strings = [one for one in re.findall(r'"([^"\n]*)"', code) if HAN.search(one)]
        strings = [one for one in strings if one not in ("协同",)]
        assert not strings or path.name in allowed, (path.name, strings)


def test_every_page_has_an_address_of_its_own_a_title_and_a_known_right():
    assert len({page.path for page in PAGES}) == len(PAGES)
    for page in PAGES:
        assert text(page.title, "zh")
        assert page.action is None or page.action in actions()


def test_fixed_addresses_come_before_the_one_that_takes_any_plan():
    paths = [page.path for page in PAGES]
    wild = paths.index("/plans/{key}")
    assert all(
        paths.index(path) < wild for path in paths if path.startswith("/plans/") and "{" not in path
    )


def test_one_colour_for_each_theme_sector_and_state_light_and_dark():
    painted = colours()
    for theme in themes():
        assert ("theme", theme.id) in painted
    for sector in sectors():
        if sector.parent == "*":
            assert ("sector", sector.sector) in painted
    assert all(re.fullmatch("#[0-9a-f]{6}", one) for pair in painted.values() for one in pair)
    light = [pair[0] for (kind, _), pair in painted.items() if kind == "theme"]
    assert len(set(light)) == len(light)


@pytest.mark.parametrize("table", sorted(REVIEWED))
def test_every_column_that_can_be_corrected_has_a_name(table):
    for column in correctable(table):
        assert text(f"field.{column}", "zh")
    assert table in LISTS
