"""Carbon dioxide by carbon balance: what burns of the carbon, and which of it is a memo item."""

import narwhals as nw
from narwhals import col

CO2_PER_C = 44 / 12  # t CO2 per t C


def co2_of_carbon() -> nw.Expr:
    """All CO2 of the fuel [t]: heat × carbon per heat × oxidised share × 44/12."""
    carbon_t = col("heat_gj") * col("carbon_kg_per_gj") / 1000
    return carbon_t * col("oxidised_share") * CO2_PER_C


def co2_split() -> dict[str, nw.Expr]:
    """Fossil CO2, and the memo items: biogenic, and of gases whose carbon the coke already has.

    Fossil CO2 of a wholly biogenic fuel is 0, also where its carbon is not known.
    """
    all_co2_t = co2_of_carbon()
    memo_share = col("biogenic_share") + col("recovered_share")
    nothing = col("heat_gj") * 0.0
    return {
        "co2_t": nw.when(memo_share >= 1).then(nothing).otherwise(all_co2_t * (1 - memo_share)),
        "co2_bio_t": all_co2_t * col("biogenic_share"),
        "co2_recovered_t": all_co2_t * col("recovered_share"),
    }
