"""A desk at an empty workspace, on both databases."""

from collections.abc import Iterator

import pytest

from xietong.app.desk import Desk
from xietong.app.workspace import create_workspace, open_desk


@pytest.fixture
def desk(database_url, tmp_path, monkeypatch) -> Iterator[Desk]:
    if database_url:
        monkeypatch.setenv("XIETONG_DATABASE", database_url)
    create_workspace(tmp_path / "w", title="测试")
    desk = open_desk(tmp_path / "w")
    yield desk
    desk.workspace.close()
