"""The web application: pages in Chinese and English over the use cases of ``xietong.app``.

A page receives rows and draws them; it computes nothing. ``mount`` puts the pages on a FastAPI
application; NiceGUI is imported only then.
"""

from typing import Any


def mount(app: Any, workspace: Any = None) -> None:
    """Put the pages of one workspace on a FastAPI application.

    Call it last: the pages are mounted at ``/`` and answer whatever no route before them did. One
    process serves one workspace, by default ``app.state.workspace``.
    """
    from xietong.web.mounting import mount_pages

    mount_pages(app, workspace or app.state.workspace)
