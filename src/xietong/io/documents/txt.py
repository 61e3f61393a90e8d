"""Plain text: UTF-8 with or without BOM, GB18030, UTF-16 with BOM."""

import re

from xietong.io.documents.clean import clean
from xietong.io.documents.encoding import decode
from xietong.io.documents.model import Content, Line, Source

BREAKS = re.compile("\r\n|[\n\r\v\x85\u2028\u2029]")


def lines(source: Source) -> Content:
    """One ``Line`` per printed line; form feeds, where there are any, count pages."""
    text = decode(source)
    pages = text.split("\f")
    found: list[Line] = []
    for number, page in enumerate(pages, start=1):
        blank = False
        for raw in BREAKS.split(clean(page)):
            printed = raw.rstrip()
            if printed:
                page_number = number if len(pages) > 1 else None
                found.append(Line(printed, page_number, after_blank=blank and bool(found)))
            blank = not printed
    return Content(found)
