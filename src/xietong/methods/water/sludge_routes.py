"""Sludge that leaves a treatment plant, by the way it takes."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"sludge": "water/sludge"}
SPECIES = ("ch4_t", "n2o_t")


def sludge_routes(activity: Frame, sludge: Frame) -> Frame:
    """Dry matter of the sludge × factor of its route: landfill, fire, compost, land.

    Landfilled sludge gives all its methane in the year it is buried; the sheet of landfills spreads
    it over the years instead. One tonne of sludge belongs into one sheet.

    Parameters
    ----------
    activity
        One row per (region, year, month, sector, facility, route); ``sludge_t`` [t wet];
        ``water_share`` of the sludge [1]; where measured the factors.
    sludge
        One row per (route, year); ``water_share`` [1]; ``ch4_kg_per_t_dry``,
        ``n2o_kg_per_t_dry`` [kg/t dry].

    Returns
    -------
    ``activity`` with ``dry_sludge_t``, ``ch4_t``, ``n2o_t`` [t]; null where the water content or a
    factor is missing (§1). CO2 of burnt sludge is of living origin: the sheet of incineration.

    Source
    ------
    IPCC 2006, vol. 5, ch. 3 to 5.

    Examples
    --------
    1000 t with 80 % water hold 200 t dry: see ``tests/methods/sludge_routes.toml``.
    """
    row = look_up(activity, sludge, "route", "year").with_columns(
        dry_sludge_t=col("sludge_t") * (1 - col("water_share"))
    )
    return row.with_columns(
        ch4_t=col("dry_sludge_t") * col("ch4_kg_per_t_dry") / 1000,
        n2o_t=col("dry_sludge_t") * col("n2o_kg_per_t_dry") / 1000,
    )
