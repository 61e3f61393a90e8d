"""A row far from what its fuel can give is named; ordinary rows are not."""

from pathlib import Path

import polars as pl
import pytest

from xietong.app.inventory import check_inventory
from xietong.inventory.checks.implied_factors import TIMES_HIGHEST, highest_published

HEADER = "地区代码,年份,行业,燃料,治理设施,数量,单位,实测低位热值,收到基硫分,收到基灰分\n"


def findings(folder: Path, *rows: str) -> list[tuple[str, str, str]]:
    (folder / "xietong.toml").write_text(
        'title = "w"\n[inventory]\nprogramme = "enterprise-24"\n', encoding="utf-8"
    )
    (folder / "fuel_use.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    (folder / "activity").mkdir(exist_ok=True)
    (folder / "fuel_use.csv").rename(folder / "activity" / "fuel_use.csv")
    found = check_inventory(folder)["findings"]
    return [
        (one["severity"], one["sector"], one["species"])
        for one in found
        if one["check"] == "implied-factor"
    ]


def test_an_ordinary_row_is_not_named(tmp_path: Path) -> None:
    row = "370000,2020,火力发电,烟煤,无治理,1000,吨,22,0.01,0.2"
    assert findings(tmp_path, row) == []


def test_sulfur_of_nine_in_a_hundred_is_named(tmp_path: Path) -> None:
    """2 × 0.09 × 0.875 ÷ 12 GJ = 13.1 kg/GJ, far above any published factor."""
    row = "370000,2020,火力发电,烟煤,无治理,1000,吨,12,0.09,0.2"
    assert findings(tmp_path, row) == [("warning", "public_power", "so2_t")]


def test_the_limit_comes_from_the_tables() -> None:
    limits = highest_published()
    rows = pl.DataFrame(
        [{"pollutant": key[0], "phase": key[1], "value": value} for key, value in limits.items()]
    )
    solid = rows.filter(pollutant="so2", phase="solid")["value"].item()
    assert solid == pytest.approx(1.68)  # emep-eea, lignite, 1680 g/GJ
    assert TIMES_HIGHEST > 1
