"""``xietong user``: accounts and roles."""

import sys
from typing import Annotated, Any

import typer

from xietong.cli.show import CsvOption, JsonOption, WorkspaceOption, show_rows

app = typer.Typer(no_args_is_help=True, add_completion=False)
Name = Annotated[str, typer.Argument(help="用户名 · name")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="从标准输入读密码 · read the password from stdin")
]
COLUMNS = ("id", "name", "display_name", "role", "region", "entity", "active", "last_login_at")


@app.callback()
def user() -> None:
    """用户：账号与角色 · accounts and roles."""


@app.command("add")
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="角色，见 xietong user roles · role")],
    region: Annotated[str | None, typer.Option(help="辖区代码 370200 · adcode")] = None,
    entity: Annotated[str | None, typer.Option(help="企业/园区代码 · enterprise or park")] = None,
    display_name: Annotated[str | None, typer.Option(help="显示名 · shown name")] = None,
    oidc: Annotated[
        str | None, typer.Option(help="统一登录身份 · identity at the OIDC login")
    ] = None,
    password_stdin: FromStdin = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong user add wang --role city --region 370200

    新建账号；密码不写在命令行上，会提示输入。Make an account; the password is asked for.
    """
    from xietong.app.people.accounts import add_user
    from xietong.app.workspace import open_desk

    desk = open_desk(workspace)
    password = None if oidc and not password_stdin else _password(password_stdin)
    made = add_user(
        desk,
        name,
        role,
        password=password,
        region=region,
        entity=entity,
        display_name=display_name,
        oidc_subject=oidc,
    )
    show_rows([made], COLUMNS, as_json=as_json)


@app.command("list")
def list_users(
    workspace: WorkspaceOption = None, as_json: JsonOption = False, as_csv: CsvOption = False
) -> None:
    """xietong user list

    全部账号 · all accounts.
    """
    from xietong.app.people.accounts import users
    from xietong.app.workspace import open_desk

    show_rows(users(open_desk(workspace)).items, COLUMNS, as_json=as_json, as_csv=as_csv)


@app.command("roles")
def list_roles(as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """xietong user roles

    角色及其权限 · roles and their rights.
    """
    from xietong.app.access import actions, rights, roles

    items = [
        {
            "role": role,
            "角色": roles()[role]["zh"],
            "action": action,
            "权限": actions()[action]["zh"],
            "scope": scope,
        }
        for (role, action), scope in rights().items()
    ]
    columns = ("role", "角色", "action", "权限", "scope")
    show_rows(items, columns, as_json=as_json, as_csv=as_csv)


@app.command("change")
def change(
    name: Name,
    role: Annotated[str | None, typer.Option(help="角色 · role")] = None,
    region: Annotated[str | None, typer.Option(help="辖区代码 · adcode")] = None,
    entity: Annotated[str | None, typer.Option(help="企业/园区代码 · enterprise or park")] = None,
    active: Annotated[
        bool | None, typer.Option("--open/--close", help="启用或停用 · open or close the account")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """xietong user change wang --close

    改角色、辖区，启用或停用 · change role or region, open or close an account.
    """
    from xietong.app.people.accounts import change_user, find_user
    from xietong.app.workspace import open_desk

    desk = open_desk(workspace)
    given: dict[str, Any] = {"role": role, "region": region, "entity": entity, "active": active}
    values = {key: value for key, value in given.items() if value is not None}
    changed = change_user(desk, find_user(desk, name)["id"], values)
    show_rows([changed], COLUMNS, as_json=as_json)


@app.command("password")
def password(
    name: Name, password_stdin: FromStdin = False, workspace: WorkspaceOption = None
) -> None:
    """xietong user password wang

    重设密码并解除锁定；首次登录须修改 · give a first password and unlock the account.
    """
    from xietong.app.people.accounts import find_user, set_password
    from xietong.app.workspace import open_desk

    desk = open_desk(workspace)
    set_password(desk, find_user(desk, name)["id"], _password(password_stdin))
    typer.echo(f"已重设 · done: {name}", err=True)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("密码 · password", hide_input=True, confirmation_prompt=True, err=True))
