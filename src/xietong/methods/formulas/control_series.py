"""Devices in series: what each lets through, multiplied."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

REMOVED = ("so2", "nox", "tsp", "pm10", "pm25", "nmvoc", "hg")
STAGES = 4


def in_series(chains: Frame, devices: Frame) -> Frame:
    """What passes a chain of devices: Π (1 − collected × removed × in operation).

    Parameters
    ----------
    chains
        One row per ``control``; for each stage 1 to 4 ``device_1`` …, ``collected_1_share`` …,
        ``operated_1_share`` … [1]. A stage that does not exist is the device ``none``.
    devices
        One row per ``device`` (and ``draw``); ``so2_removed_share`` … [1].

    Returns
    -------
    ``chains`` with ``so2_passed_share`` …; null where a device's removal is not known.

    Source
    ------
    City inventory handbook form η = 1 − Π(1 − η_s), η_s = collection × removal × operation.

    Examples
    --------
    Half, then half of the time a tenth is left: 0.5 × (1 − 0.9 × 0.5).

    >>> import polars as pl
    >>> one = {"control": ["x"], "device_1": ["a"], "device_2": ["b"], "device_3": ["none"], "device_4": ["none"]}
    >>> shares = {f"{kind}_{n}_share": [1.0] for kind in ("collected", "operated") for n in range(1, 5)}
    >>> removed = {f"{gas}_removed_share": [0.5, 0.9, 0.0] for gas in REMOVED}
    >>> tables = pl.LazyFrame(one | shares | {"operated_2_share": [0.5]}), pl.LazyFrame({"device": ["a", "b", "none"]} | removed)
    >>> passed = in_series(*map(nw.from_native, tables)).select("so2_passed_share").collect()
    >>> round(passed.item(), 4)
    0.275
    """
    joined = chains
    for stage in range(1, STAGES + 1):
        numbered = devices.rename(
            {"device": f"device_{stage}"}
            | {f"{gas}_removed_share": f"{gas}_removed_{stage}_share" for gas in REMOVED}
        )
        joined = (
            joined.join(numbered, on=f"device_{stage}", how="left")
            if stage == 1
            else look_up(joined, numbered, f"device_{stage}")
        )
    return joined.with_columns(**{f"{gas}_passed_share": _passed(gas) for gas in REMOVED})


def _passed(gas: str) -> nw.Expr:
    passed = nw.lit(1.0)
    for stage in range(1, STAGES + 1):
        working = col(f"collected_{stage}_share") * col(f"operated_{stage}_share")
        passed = passed * (1 - working * col(f"{gas}_removed_{stage}_share"))
    return passed
