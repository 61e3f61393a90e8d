"""Quality checks of an inventory: one file a check, one line in ``CHECKS``; none changes a number."""

from collections.abc import Callable

from xietong.inventory.checks.balance_closure import balance_closure
from xietong.inventory.checks.completeness import completeness
from xietong.inventory.checks.control_twice import control_twice
from xietong.inventory.checks.double_counting import double_counting
from xietong.inventory.checks.finding import Finding, Material
from xietong.inventory.checks.forest_values import forest_values
from xietong.inventory.checks.furnaces_twice import furnaces_twice
from xietong.inventory.checks.implied_factors import implied_factors
from xietong.inventory.checks.jumps import jumps
from xietong.inventory.checks.land_areas import land_areas
from xietong.inventory.checks.land_twice import land_twice
from xietong.inventory.checks.metals_twice import metals_twice
from xietong.inventory.checks.process_twice import process_twice
from xietong.inventory.checks.transport_twice import transport_twice
from xietong.inventory.checks.waste_flows import waste_flows
from xietong.inventory.checks.wastewater_balance import wastewater_balance
from xietong.inventory.checks.wastewater_twice import wastewater_twice

CHECKS: tuple[Callable[[Material], list[Finding]], ...] = (
    completeness,
    balance_closure,
    double_counting,
    implied_factors,
    jumps,
    transport_twice,
    process_twice,
    metals_twice,
    furnaces_twice,
    waste_flows,
    wastewater_balance,
    wastewater_twice,
    land_twice,
    land_areas,
    forest_values,
    control_twice,
)

__all__ = ["CHECKS", "Finding", "Material"]


def check(material: Material) -> list[Finding]:
    """All findings of all checks, errors first."""
    found = [finding for one in CHECKS for finding in one(material)]
    return sorted(found, key=lambda finding: ("error", "warning", "note").index(finding.severity))
