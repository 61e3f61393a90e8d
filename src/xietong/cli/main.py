"""The ``xietong`` command. A group's module is imported when it is called, so that help is instant."""

import importlib
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from xietong.errors import XietongError

# Name, help line, and the Typer app behind it. One line for each group of commands.
GROUPS = (
    ("demo", "演示：读规划文件，写一份报告 · the main job in one go", "xietong.cli.demo:app"),
    ("init", "新建工作区 · make a workspace", "xietong.cli.workspace:init_app"),
    ("plan", "规划文件：解析、入库、比较 · plan documents", "xietong.cli.plan:app"),
    (
        "inventory",
        "融合排放清单：计算、解释、核查、比较 · the fused inventory",
        "xietong.cli.inventory:app",
    ),
    ("cocontrol", "协同评价与驱动因素 · synergy degree and drivers", "xietong.cli.cocontrol:app"),
    (
        "optimise",
        "措施优化：最低成本、最大减排 · the best mix of measures",
        "xietong.cli.optimise:app",
    ),
    ("indicator", "指标：定义、数值、统计数据 · indicators", "xietong.cli.indicator:app"),
    ("allocate", "分解落实：目标分到各市 · break a target down", "xietong.cli.assess:allocate_app"),
    ("assess", "年度考核：目标对照事实 · the yearly assessment", "xietong.cli.assess:app"),
    ("reductions", "总量减排核算 · pollution reduction accounting", "xietong.cli.reductions:app"),
    ("task", "任务调度：分解、填报、审核、催办 · tasks of plans", "xietong.cli.task:app"),
    ("audit", "审计记录：查看与验证 · the audit trail", "xietong.cli.audit:app"),
    ("user", "用户：账号与角色 · accounts and roles", "xietong.cli.people:app"),
    ("serve", "在浏览器中打开工作区 · open in the browser", "xietong.cli.serve:serve_app"),
    ("worker", "执行排队的任务 · run queued jobs", "xietong.cli.serve:worker_app"),
    ("job", "任务：提交、查看、取消 · long work", "xietong.cli.jobs:app"),
    ("backup", "备份工作区 · save the workspace", "xietong.cli.workspace:backup_app"),
    ("restore", "从备份恢复 · restore from a backup", "xietong.cli.workspace:restore_app"),
)


class LazyGroup(TyperGroup):
    """Knows the names of its commands; imports one when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name, _, _ in GROUPS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The name and help line only: enough for the list of commands."""
        for name, help_line, _ in GROUPS:
            if name == cmd_name:
                return _stub(name, help_line)
        return None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The real command, now that it is called."""
        for name, help_line, target in GROUPS:
            if args and name == args[0]:
                return name, _load(name, help_line, target), args[1:]
        return super().resolve_command(ctx, args)


def _stub(name: str, help_line: str) -> Any:
    stub = typer.Typer(add_completion=False)
    stub.command(name=name, help=help_line)(lambda: None)
    return typer.main.get_command(stub)


def _load(name: str, help_line: str, target: str) -> Any:
    module, _, attribute = target.partition(":")
    command = typer.main.get_command(getattr(importlib.import_module(module), attribute))
    command.name = name
    command.help = command.help or help_line
    return command


app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="减污降碳协同增效与碳达峰 · from plan documents to targets, inventory, measures and assessment.",
)


@app.callback()
def root() -> None:
    """Root of all commands."""


def main() -> None:
    """Run the command line; what the user can mend is one message and exit status 1."""
    try:
        app()
    except XietongError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
