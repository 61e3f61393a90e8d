"""Now, as text: ISO 8601 in UTC, so that times sort as text on every database."""

from datetime import UTC, datetime, timedelta


def now(plus: timedelta = timedelta()) -> str:
    """The present moment, or one that lies ``plus`` ahead.

    >>> now() < now(timedelta(hours=1))
    True
    """
    return (datetime.now(UTC) + plus).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
