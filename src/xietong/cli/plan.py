"""``xietong plan``: read plan documents, keep them, compare them."""

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def plan() -> None:
    """规划文件：解析、入库、比较 · plan documents."""
