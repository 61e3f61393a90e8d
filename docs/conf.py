"""How the documentation is built: Sphinx, MyST Markdown, furo; reference pages made from the tree."""

import re
import sys
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
LITERAL = re.compile(r"(`+[^`]*`+)")
sys.path.insert(0, str(HERE))

import reference_pages  # noqa: E402

import xietong  # noqa: E402

project = "xietong 协同"
copyright = "xietong contributors, Apache-2.0"
release = xietong.__version__
language = "zh_CN"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_custom_sections = ["Source", "Sources", "Grain", "Units", "Columns", "Missing"]

html_theme = "furo"
html_title = "xietong 协同"
html_static_path = ["_static"]
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0b6e4f", "color-brand-content": "#0b6e4f"},
    "dark_css_variables": {"color-brand-primary": "#5fd3a4", "color-brand-content": "#5fd3a4"},
}


def escape_bars(
    _app: object, _what: str, _name: str, _obj: object, _opt: object, lines: list[str]
) -> None:
    """A docstring's ``|x|`` is an absolute value, not a substitution."""
    for number, line in enumerate(lines):
        if not line.lstrip().startswith((">>>", "...", "|")):
            parts = LITERAL.split(line)
            parts[::2] = [part.replace("|", r"\|") for part in parts[::2]]
            lines[number] = "".join(parts)


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", escape_bars)


reference_pages.write(HERE / "reference" / "generated")
