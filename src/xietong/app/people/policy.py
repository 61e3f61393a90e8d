"""The rules that guard accounts: from ``policy.toml``, overridden by the workspace's settings."""

import functools
import tomllib
from pathlib import Path
from typing import Any

from xietong.app.problems import problem
from xietong.store.workspace import Workspace

TABLE = Path(__file__).with_name("policy.toml")


def policy(workspace: Workspace) -> dict[str, int]:
    """The rules of this workspace; a wrong setting is refused."""
    own: dict[str, Any] = workspace.settings.get("people", {})
    rules = dict(_defaults())
    for name, value in own.items():
        if name not in rules or not isinstance(value, int) or value < 1:
            raise problem(
                "bad_value", field="[people]", value=f"{name} = {value}", possible="、".join(rules)
            )
        rules[name] = value
    return rules


def check_password(rules: dict[str, int], name: str, password: str) -> None:
    """Refuse a password that is too short, too plain, or holds the user's name.

    >>> check_password({"password_length": 10, "password_classes": 3}, "zhang", "Qingdao-2026")
    """
    classes = sum(
        any(test(letter) for letter in password)
        for test in (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
    )
    if (
        len(password) < rules["password_length"]
        or len(password) > 256
        or classes < rules["password_classes"]
        or name.lower() in password.lower()
    ):
        raise problem(
            "weak_password", length=rules["password_length"], classes=rules["password_classes"]
        )


@functools.cache
def _defaults() -> dict[str, int]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))
