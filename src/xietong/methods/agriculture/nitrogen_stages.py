"""Nitrogen of manure: excreted, housed, stored, spread. What leaves a stage is gone for the next."""

import narwhals as nw
from narwhals import col

from xietong.methods.method import Frame

DAYS = 365
STREAMS = ("liquid", "solid")
GASES = ("n2o", "no", "n2")


def nitrogen_stages(row: Frame) -> Frame:
    """Adds tonnes of nitrogen by stage; the sum of the fates is what was excreted.

    Parameters
    ----------
    row
        ``mean_heads`` [1] and the columns of excretion, stages and measures as named in
        ``manure_management``; ``indoor_share``, ``elsewhere_share`` [1].

    Fates: ``nh3_n_house_t``, ``nh3_n_store_t``, ``nh3_n_field_t``, ``n2o_n_t``, ``no_n_t``,
    ``n2_n_t``, ``n_pasture_t``, ``n_elsewhere_t``, ``n_to_soil_t``. Feed with less protein takes
    ammoniacal N from what is excreted. A stage without manure of one kind (no liquid of poultry)
    counts as the table says: its share is 0 there.

    Source
    ------
    MEE ammonia guide as printed in Liao and Chen 2017, eqs 3 to 8; a tenth of the ammoniacal N of
    solid manure is bound in the store and stays in the balance as organic N.

    Examples
    --------
    See ``tests/methods/test_nitrogen_balance.py``: the fates add up for any shares.
    """
    row = _excreted(row)
    for stream in STREAMS:
        row = _housed_and_stored(row, stream)
    row = row.with_columns(
        nh3_n_house_t=_both("nh3_n_house"),
        nh3_n_store_t=_both("nh3_n_store"),
        **{f"{gas}_n_t": _both(f"{gas}_n") for gas in GASES},
        organic_stored_t=col("organic_n_t") * col("indoor_share") + col("solid_bound_t"),
    ).with_columns(
        n_elsewhere_t=(_both("tan_stored") + col("organic_stored_t")) * col("elsewhere_share")
    )
    spread_share = 1 - col("elsewhere_share")
    kept = 1 - col("spreading_cut_share")
    field = sum(
        (col(f"{s}_tan_stored_t") * col(f"{s}_field_nh3_share") for s in STREAMS), nw.lit(0.0)
    )
    return row.with_columns(nh3_n_field_t=field * spread_share * kept).with_columns(
        n_to_soil_t=(_both("tan_stored") + col("organic_stored_t")) * spread_share
        - col("nh3_n_field_t")
    )


def _excreted(row: Frame) -> Frame:
    heads, kg = col("mean_heads"), DAYS / 1000
    urine = col("urine_kg_per_day") * col("urine_n_share")
    faeces = col("faeces_kg_per_day") * col("faeces_n_share")
    tan = urine * col("urine_tan_share") + faeces * col("faeces_tan_share")
    cut = tan * (1 - col("feeding_cut_share"))
    return (
        row.with_columns(
            tan_t=heads * cut * kg,
            organic_n_t=heads * (urine + faeces - tan) * kg,
        )
        .with_columns(n_excreted_t=col("tan_t") + col("organic_n_t"))
        .with_columns(
            n_pasture_t=col("n_excreted_t") * (1 - col("indoor_share")),
            liquid_tan_t=col("tan_t") * col("indoor_share") * col("liquid_share"),
            solid_tan_t=col("tan_t") * col("indoor_share") * (1 - col("liquid_share")),
        )
    )


def _housed_and_stored(row: Frame, stream: str) -> Frame:
    house = col(f"{stream}_house_nh3_share") * (1 - col("housing_cut_share"))
    store = col(f"{stream}_store_nh3_share") * (1 - col("storing_cut_share"))
    bound = col("solid_bound_share") if stream == "solid" else nw.lit(0.0)
    entering = col(f"{stream}_entering_t")
    return (
        row.with_columns(**{f"{stream}_nh3_n_house_t": col(f"{stream}_tan_t") * house})
        .with_columns(
            **{f"{stream}_left_t": col(f"{stream}_tan_t") - col(f"{stream}_nh3_n_house_t")}
        )
        .with_columns(
            **{
                f"{stream}_bound_t": col(f"{stream}_left_t") * bound,
                f"{stream}_entering_t": col(f"{stream}_left_t") * (1 - bound),
            }
        )
        .with_columns(
            **{f"{stream}_nh3_n_store_t": entering * store},
            **{
                f"{stream}_{gas}_n_t": entering * col(f"{stream}_store_{gas}_share")
                for gas in GASES
            },
        )
        .with_columns(
            **{
                f"{stream}_tan_stored_t": entering
                - col(f"{stream}_nh3_n_store_t")
                - col(f"{stream}_n2o_n_t")
                - col(f"{stream}_no_n_t")
                - col(f"{stream}_n2_n_t")
            }
        )
    )


def _both(what: str) -> nw.Expr:
    return col(f"liquid_{what}_t") + col(f"solid_{what}_t")
