"""Cross elasticity of co-control and synergy coefficients, both ways, signs kept apart."""

from typing import Any

from xietong.cocontrol.coordinates import direction, plain_zero, states


def share(reduction: float | None, baseline: float | None) -> float | None:
    """The reduction as a share of the baseline; None where either is unknown or the baseline is 0.

    >>> share(5.0, 100.0), share(-0.0, 100.0), share(5.0, 0.0), share(None, 1.0)
    (0.05, 0.0, None, None)
    """
    if reduction is None or not baseline:
        return None
    return plain_zero(reduction / baseline)


def quotient(above: float | None, below: float | None) -> float | None:
    """``above / below``; None where either is unknown or ``below`` is 0; never −0.

    >>> quotient(0.0, -2.0), quotient(1.0, 0.0)
    (0.0, None)
    """
    if above is None or not below:
        return None
    return plain_zero(above / below)


def cross_elasticity(
    pollutant: float | None,
    pollutant_baseline: float | None,
    ghg: float | None,
    ghg_baseline: float | None,
) -> dict[str, Any]:
    """Els both ways, with the state that says how to read its sign.

    Reductions and baselines in tonnes of the same boundary and year. ``pollutant_over_ghg`` is
    (ER_j/Q_j)/(ER_k/Q_k), ``ghg_over_pollutant`` its inverse; None where undefined (a zero below,
    a baseline of 0, something unknown), not 0 and not infinite. A positive value with
    ``state = both-increased`` is no synergy.

    Source
    ------
    Sign table of PMC11666946, table 2; inverse form of Mao et al.

    Examples
    --------
    4 % less pollutant and 2 % less gas; then 4 % and 2 % more: the same number, another meaning.

    >>> cross_elasticity(4, 100, 20, 1000)["pollutant_over_ghg"]
    2.0
    >>> worse = cross_elasticity(-4, 100, -20, 1000)
    >>> worse["pollutant_over_ghg"], worse["synergy"], worse["state"]
    (2.0, False, 'both-increased')
    """
    pollutant_share, ghg_share = share(pollutant, pollutant_baseline), share(ghg, ghg_baseline)
    found = (
        None if pollutant is None or ghg is None else states()[direction(pollutant), direction(ghg)]
    )
    return {
        "pollutant_over_ghg": quotient(pollutant_share, ghg_share),
        "ghg_over_pollutant": quotient(ghg_share, pollutant_share),
        "state": found.state if found else None,
        "synergy": found.synergy if found else None,
    }


def synergy_coefficients(
    pollutant: float | None,
    pollutant_baseline: float | None,
    ghg: float | None,
    ghg_baseline: float | None,
) -> dict[str, float | None]:
    """Tonnes of gas per tonne of pollutant, and the same of shares of the baseline (1/Els).

    >>> synergy_coefficients(4, 100, 20, 1000)
    {'ghg_t_per_pollutant_t': 5.0, 'ghg_share_per_pollutant_share': 0.5}
    """
    return {
        "ghg_t_per_pollutant_t": quotient(ghg, pollutant),
        "ghg_share_per_pollutant_share": quotient(
            share(ghg, ghg_baseline), share(pollutant, pollutant_baseline)
        ),
    }
