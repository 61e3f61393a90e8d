"""The tiny inventory of ``support/measure_tables.py``."""

import polars as pl
import pytest
from measure_tables import own_settings, tiny_tables

from xietong.inventory.settings import Settings


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Its factors."""
    return own_settings(tmp_path_factory.mktemp("measures"))


@pytest.fixture
def tables() -> dict[str, pl.DataFrame]:
    """Its activity."""
    return tiny_tables()
