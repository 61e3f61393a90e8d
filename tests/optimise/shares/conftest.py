"""Importable helpers beside the tests."""

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cheapest():
    """The brute force of ``brute.py``."""
    place = Path(__file__).with_name("brute.py")
    spec = importlib.util.spec_from_file_location("brute_shares", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.cheapest
