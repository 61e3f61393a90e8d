"""A nonce on every script that NiceGUI's page template holds, so that no other inline script runs.

The mark is set in the template, before anything of a page is filled in: text that reaches a page
can never carry it. ``api.guard`` draws the nonce and names it in the Content-Security-Policy.
"""

import re

from jinja2 import ChoiceLoader, DictLoader

TEMPLATE = "index.html"
MARK = '<script nonce="{{ request.scope.csp_nonce }}"'


def mark_scripts() -> None:
    """Give NiceGUI's template the nonce; a second call changes nothing."""
    from nicegui.client import templates

    environment = templates.env
    loader = environment.loader
    assert loader is not None
    source, _, _ = loader.get_source(environment, TEMPLATE)
    if MARK in source:
        return
    environment.loader = ChoiceLoader([DictLoader({TEMPLATE: marked(source)}), loader])
    if environment.cache is not None:
        environment.cache.clear()


def marked(source: str) -> str:
    """A template whose scripts carry the nonce.

    >>> marked("<script>x</script><style></style>")
    '<script nonce="{{ request.scope.csp_nonce }}">x</script><style></style>'
    """
    return re.sub(r"<script(?=[\s>])", MARK, source)
