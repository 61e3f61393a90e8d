"""A line of progress on stderr for work that takes long; nothing where no person looks on."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_line(title: str) -> Iterator[Callable[[float, str], None]]:
    """A function that takes the share done (0 to 1) and what is at hand; an empty title shows nothing."""
    if not title or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1.0)
        yield lambda share, told: bar.update(task, completed=share, description=f"{title} {told}")
