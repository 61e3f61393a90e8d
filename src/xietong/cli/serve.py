"""``xietong serve`` and ``xietong worker``: the server, and the process that does the long work."""

import signal
import subprocess
import sys
from typing import Annotated

import typer

from xietong.cli.show import WorkspaceOption

serve_app = typer.Typer(add_completion=False)
worker_app = typer.Typer(add_completion=False)


@serve_app.command("serve")
def serve(
    host: Annotated[str, typer.Option(help="监听地址 · address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 · port")] = 8000,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="同时启动任务进程 · start a worker too")
    ] = True,
    workspace: WorkspaceOption = None,
) -> None:
    """xietong serve

    在浏览器中打开工作区；没有账号时只在本机可用。Open the workspace in the browser; on this machine
    only, unless there are accounts.
    """
    import uvicorn

    from xietong.api.server import create_server

    api, root = create_server(workspace, host)
    process = None
    if worker:
        start = "from xietong.cli.main import main; main()"
        command = [sys.executable, "-c", start, "worker", "--workspace", str(root)]
        process = subprocess.Popen(command)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the worker is ended as well
    typer.echo(f"http://{host}:{port}  {root}", err=True)
    try:
        uvicorn.run(api, host=host, port=port, log_level="warning", server_header=False)
    finally:
        if process is not None:
            process.terminate()
            process.wait()


@worker_app.command("worker")
def worker(
    workers: Annotated[int, typer.Option(help="同时执行几个任务 · jobs at a time", min=1)] = 1,
    workspace: WorkspaceOption = None,
) -> None:
    """xietong worker

    执行排队的任务，直到按 Ctrl-C · run queued jobs until Ctrl-C.
    """
    from xietong.app.jobs.worker import work
    from xietong.app.workspace import open_desk

    work(open_desk(workspace), workers)
