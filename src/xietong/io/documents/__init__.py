"""From a file to lines: ``read_document`` for .txt, .docx, .pdf and .html.

One module per format; each turns the bytes of a file into ``Line`` records in reading order. What
the lines mean (headings, clauses, targets) is decided by ``xietong.plans``.

One more format is one module with a function ``lines(source) -> Content`` and one line in
``FORMATS``.
"""

from xietong.io.documents.model import Document, Line
from xietong.io.documents.read import FORMATS, read_document

__all__ = ["FORMATS", "Document", "Line", "read_document"]
