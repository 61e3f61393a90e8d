"""What a measure avoids elsewhere or has removed stands beside CO2e and is no increase of a pollutant."""

from xietong.app.cocontrol_evaluate import choices_of
from xietong.app.measures_evaluate import Asked, evaluate_catalogue
from xietong.app.workspace import create_workspace


def test_own_power_of_a_plant_is_a_gain_beside(tmp_path):
    create_workspace(tmp_path / "w", example="wwtp")
    found = evaluate_catalogue(Asked(folder=tmp_path / "w"), choices_of())
    lines = {one["measure"]: one for one in found["measures"]}
    power = lines["wwtp-pv"]
    assert power["gained"]["co2_avoided_energy_t"] > 0
    assert not any("increases co2_avoided" in words for words in power["warnings"])
    assert all("co2_avoided_energy_t" not in one["quadrant"] for one in lines.values())


def test_planting_removes_and_adds_no_emission(tmp_path):
    create_workspace(tmp_path / "w", example="coast-county")
    found = evaluate_catalogue(Asked(folder=tmp_path / "w"), choices_of())
    lines = {one["measure"]: one for one in found["measures"]}
    assert lines["saltmarsh-restoration"]["gained"]["co2_removed_blue_t"] > 0
    told = [words for one in lines.values() for words in one["warnings"]]
    assert not any("increases co2_removed" in words for words in told)
