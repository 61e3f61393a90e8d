"""The example workspace: plans and an inventory that runs at once."""

from pathlib import Path

import polars as pl

from xietong.app.workspace import create_workspace


def test_the_example_brings_its_activity_and_settings(tmp_path: Path) -> None:
    root = tmp_path / "山东"
    create_workspace(root, example="shandong")
    balance = pl.read_csv(root / "activity" / "energy_balance.csv")
    assert balance.height > 200
    assert 'programme = "provincial-2011"' in (root / "xietong.toml").read_text(encoding="utf-8")


def test_without_example_the_activity_folder_is_empty(tmp_path: Path) -> None:
    create_workspace(tmp_path / "w")
    assert not list((tmp_path / "w" / "activity").iterdir())
