"""Series for tracking: the 16 cities' CO2 and GDP, and the province's pollutants and CO2."""

import polars as pl

from xietong.cocontrol.indicator import Indicator
from xietong.cocontrol.panel import check_panel, refuse

JINAN, LAIWU = "济南市", "莱芜市"
MERGED = 2019  # from this year on Laiwu is part of Jinan in every series
CITIES = 16
POLLUTANTS = ("SO2", "NOx", "PM2.5")
PROVINCE = "山东省"

CITY_SOURCES = (
    "GDP：城市年鉴与公报的“上年=100”指数按 2000 年价连乘；CO2：EDGAR v8.0 按市域汇总；人口：公报 · "
    "GDP: city yearbooks and bulletins, indices (year before = 100) chained at prices of 2000; "
    "CO2: EDGAR v8.0 summed over city areas; population: bulletins"
)
PROVINCE_SOURCES = (
    "污染物：REAS v3.2（Kurokawa、Ohara 2020）；CO2：CEADs 省级清单（Shan 2018、2020；Guan 2021） · "
    "pollutants: REAS v3.2 (Kurokawa and Ohara 2020); "
    "CO2: CEADs provincial inventory (Shan 2018, 2020; Guan 2021)"
)


def city_panel(raw: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The 16 cities' panel of a statistics table, and what had to be decided about Laiwu.

    ``raw``: one row per city and year with ``adcode, city, year, gdp_real2000_1e8cny`` (GDP at
    prices of 2000, 10^8 CNY), ``edgar_v8_co2_t`` [t], ``resident_pop_1e4`` (10^4 persons),
    ``gdp_1e8cny`` and ``gdp_nominal_1e8cny`` (as first published and as revised). Returns ``entity, adcode, year,
    gdp_1e8cny_2000, co2_t, population_1e4``, years in which both GDP and CO2 are known.

    Laiwu belongs to Jinan in every year: the constant-price GDP and EDGAR's CO2 of Jinan hold it
    already (checked: the revised GDP of 2018 lies near the sum of both cities as first published),
    so its rows are not added again. Jinan's population holds it only from 2019; before that the
    population of today's Jinan is unknown and stays null.

    Raises an error when the table does not hold Laiwu inside Jinan.

    Examples
    --------
    >>> raw = pl.DataFrame({"adcode": [370200], "city": ["青岛市"], "year": [2020], "gdp_real2000_1e8cny": [1.0],
    ...     "edgar_v8_co2_t": [2.0], "resident_pop_1e4": [3.0], "gdp_1e8cny": [1.0], "gdp_nominal_1e8cny": [1.0]})
    >>> city_panel(raw)[0].row(0)
    ('青岛市', '370200', 2020, 1.0, 2.0, 3.0)
    """
    numbers = [
        "gdp_real2000_1e8cny",
        "edgar_v8_co2_t",
        "resident_pop_1e4",
        "gdp_1e8cny",
        "gdp_nominal_1e8cny",
    ]
    table = check_panel(
        raw.rename({"city": "entity"}, strict=False), numbers, where="城市面板 city panel"
    )
    notes = _laiwu(table)
    jinan_before = (pl.col("entity") == JINAN) & (pl.col("year") < MERGED)
    population = pl.when(~jinan_before).then(pl.col("resident_pop_1e4"))
    out = table.filter(pl.col("entity") != LAIWU).select(
        "entity",
        pl.col("adcode")
        .cast(pl.Float64, strict=False)
        .cast(pl.Int64)
        .cast(pl.String)
        .alias("adcode"),
        "year",
        gdp_1e8cny_2000="gdp_real2000_1e8cny",
        co2_t="edgar_v8_co2_t",
        population_1e4=population,
    )
    both = pl.col("gdp_1e8cny_2000").is_not_null() & pl.col("co2_t").is_not_null()
    return out.filter(both).sort("adcode", "year"), notes


def _laiwu(table: pl.DataFrame) -> tuple[str, ...]:
    laiwu = table.filter(pl.col("entity") == LAIWU).select("year", laiwu="gdp_1e8cny")
    if laiwu.is_empty():
        return ("表中没有莱芜的行，视为已并入济南 · no rows of Laiwu: taken as part of Jinan",)
    both = (
        table.filter((pl.col("entity") == JINAN) & (pl.col("year") < MERGED))
        .join(laiwu, on="year")
        .drop_nulls(["gdp_1e8cny", "gdp_nominal_1e8cny", "laiwu"])
        .sort("year")
    )
    if both.is_empty():
        refuse(
            ["济南与莱芜没有共同年份 · no common year of Jinan and Laiwu"], "城市面板 city panel"
        )
    last = both.row(-1, named=True)
    apart, together = last["gdp_1e8cny"], last["gdp_1e8cny"] + last["laiwu"]
    held = abs(last["gdp_nominal_1e8cny"] - together) < abs(last["gdp_nominal_1e8cny"] - apart)
    if not held:
        refuse(
            [
                f"{last['year']} 年济南的修订 GDP {last['gdp_nominal_1e8cny']:g} 更接近不含莱芜的 {apart:g}；"
                "请先把莱芜并入 · Jinan's revised GDP does not hold Laiwu: add it first"
            ],
            "城市面板 city panel",
        )
    return (
        f"莱芜已在济南的不变价 GDP 与 EDGAR 排放之内（{last['year']} 年修订 GDP {last['gdp_nominal_1e8cny']:g}，"
        f"两市初值之和 {together:g}），不再重复相加 · Laiwu is inside Jinan's GDP and CO2: not added twice",
        "济南 2019 年以前的人口不含莱芜，按未知处理 · Jinan's population before 2019 leaves Laiwu out: unknown",
    )


def province_panel(reas: pl.DataFrame, ceads: pl.DataFrame) -> pl.DataFrame:
    """The province's pollutants (REAS) and CO2 (CEADs) in the years that both have.

    ``reas``: one row per pollutant, sector and year, ``value`` [kt]; ``ceads``: one row per year, sector
    and item, ``mt_co2`` [Mt]. Returns ``entity, year, so2_kt, nox_kt, pm25_kt, co2_mt``.

    Examples
    --------
    >>> reas = pl.DataFrame({"pollutant": ["SO2", "NOx", "PM2.5"], "sector": ["TOTAL"] * 3, "year": [2000] * 3, "value": [1.0, 2.0, 3.0]})
    >>> ceads = pl.DataFrame({"year": [2000], "sector": ["Total"], "item": ["Scope 1 Total"], "mt_co2": [9.0]})
    >>> province_panel(reas, ceads).row(0)
    ('山东省', 2000, 1.0, 2.0, 3.0, 9.0)
    """
    totals = reas.filter((pl.col("sector") == "TOTAL") & pl.col("pollutant").is_in(POLLUTANTS))
    totals = totals.with_columns(pl.col("value").cast(pl.Float64, strict=False))
    wide = totals.pivot("pollutant", index="year", values="value")
    co2 = ceads.filter((pl.col("sector") == "Total") & (pl.col("item") == "Scope 1 Total"))
    joined = wide.join(co2.select("year", co2_mt="mt_co2"), on="year").sort("year")
    missing = [name for name in POLLUTANTS if name not in wide.columns]
    if missing or joined.is_empty():
        refuse(
            [f"没有共同年份或缺物种 · no common years, or missing: {missing}"], "省级序列 province"
        )
    return joined.select(
        pl.lit(PROVINCE).alias("entity"),
        pl.col("year").cast(pl.Int64),
        so2_kt="SO2",
        nox_kt="NOx",
        pm25_kt="PM2.5",
        co2_mt=pl.col("co2_mt").cast(pl.Float64),
    )


PROVINCE_ORDER = (
    Indicator("so2_kt", "negative", "air", title_zh="二氧化硫", title_en="SO2", unit="kt"),
    Indicator("nox_kt", "negative", "air", title_zh="氮氧化物", title_en="NOx", unit="kt"),
    Indicator("pm25_kt", "negative", "air", title_zh="细颗粒物", title_en="PM2.5", unit="kt"),
    Indicator("co2_mt", "negative", "carbon", title_zh="二氧化碳", title_en="CO2", unit="Mt"),
)
