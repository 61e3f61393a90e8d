"""Fluorinated gases by stage: charge, stock, retirement, production, etching, repair."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"substance": "fluorinated/substances", "release": "fluorinated/release"}
GASES = (
    "sf6", "nf3", "cf4", "c2f6", "c3f8", "c_c4f8",
    "hfc23", "hfc32", "hfc125", "hfc134a", "hfc143a", "hfc152a", "hfc227ea", "hfc236fa",
    "hfc245fa", "hfc365mfc", "hfc4310mee",
    "cfc11", "cfc12", "cfc113", "cfc115", "hcfc22", "hcfc123", "hcfc141b", "hcfc142b",
    "halon1211", "halon1301",
)  # fmt: skip
DEPLETING = ("ods_odp_t", "ods_use_odp_t", "ods_stock_odp_t")
SPECIES = (*(f"{gas}_t" for gas in GASES), *DEPLETING)


def fluorinated_gases(activity: Frame, substance: Frame, release: Frame) -> Frame:
    """What is released of a substance, less what is recovered or destroyed, split into its gases.

    One row is one stage of one application: what is charged, what stands in equipment or foam, what
    is retired. The amount closes: amount = emitted + recovered + destroyed + remaining.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, application, stage, refrigerant); ``amount_t``
        [t] of the substance (of HCFC-22 where HFC-23 is its by-product, of magnesium where SF6 covers
        it); where measured ``released_share``, ``recovered_share`` of that and ``destroyed_share`` of
        the rest [1].
    substance
        One row per (refrigerant, year); ``<gas>_share`` of its mass [1], ``odp_t_per_t`` [ODP t/t].
    release
        One row per (application, stage, refrigerant, year); ``released_share``, ``recovered_share``,
        ``destroyed_share`` [1].

    Returns
    -------
    ``activity`` with ``released_t``, ``recovered_t``, ``destroyed_t``, ``emitted_t``,
    ``remaining_t`` [t], one column per gas [t], and in ODP tonnes what is emitted, what is used
    (charged) and what is in stock of ozone-depleting substances. Null where a share is missing (§1).
    CFC, HCFC and halons are memo items and in no CO2 equivalent.

    Source
    ------
    2006 IPCC Guidelines vol. 3 ch. 6 to 8, emission factor approach by stage; ODP as in the annexes
    of the Montreal Protocol.

    Examples
    --------
    100 t of R-410A in stock that leak 3 %: 1.5 t HFC-32 and 1.5 t HFC-125: see
    ``tests/methods/fluorinated_gases.toml``.
    """
    row = look_up(activity, substance, "refrigerant", "year")
    row = look_up(row, release, "application", "stage", "refrigerant", "year")
    row = (
        row.with_columns(released_t=col("amount_t") * col("released_share"))
        .with_columns(recovered_t=col("released_t") * col("recovered_share"))
        .with_columns(
            destroyed_t=(col("released_t") - col("recovered_t")) * col("destroyed_share"),
        )
        .with_columns(emitted_t=col("released_t") - col("recovered_t") - col("destroyed_t"))
        .with_columns(remaining_t=col("amount_t") - col("released_t"))
    )
    depleting_t = col("amount_t") * col("odp_t_per_t")
    none_t = depleting_t * 0.0
    return row.with_columns(
        **{f"{gas}_t": _part(f"{gas}_share") for gas in GASES},
        ods_odp_t=_part("odp_t_per_t"),
        ods_use_odp_t=nw.when(col("stage") == "charge").then(depleting_t).otherwise(none_t),
        ods_stock_odp_t=nw.when(col("stage") == "stock").then(depleting_t).otherwise(none_t),
    )


def _part(share: str) -> nw.Expr:
    """What of the emission is this gas: none of it where it is no part, even of an unknown one."""
    none_t = col("amount_t") * 0.0
    return nw.when(col(share) == 0.0).then(none_t).otherwise(col("emitted_t") * col(share))
