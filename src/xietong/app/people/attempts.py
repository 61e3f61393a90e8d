"""How often somebody may try to sign in from one address, whatever the names they try.

An attempt is written down before the password is looked at and forgotten when it succeeds, so that
many at once count as well; the rows are in the database, shared by all processes and kept over a
restart.
"""

import ipaddress
import math
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from xietong.app.people.policy import policy
from xietong.app.problems import problem
from xietong.errors import RateLimitError
from xietong.store.clock import now
from xietong.store.models import SignInAttempt
from xietong.store.workspace import Workspace


def begin_attempt(workspace: Workspace, address: str) -> int:
    """Write an attempt down; its number. Raises ``RateLimitError`` where there were too many."""
    rules = policy(workspace)
    window = timedelta(minutes=rules["address_minutes"])
    place = source_of(address)
    with workspace.database.writing() as session:
        session.execute(delete(SignInAttempt).where(SignInAttempt.at < now(-window)))
        query = select(SignInAttempt.at).where(SignInAttempt.address == place)
        earlier = sorted(session.scalars(query))
        if len(earlier) < rules["address_failures"]:
            attempt = SignInAttempt(address=place, at=now())
            session.add(attempt)
            session.flush()
            return attempt.id
    raise _too_many(place, earlier[-rules["address_failures"]], window)


def forget_attempt(workspace: Workspace, number: int) -> None:
    """The attempt has succeeded and does not count."""
    with workspace.database.writing() as session:
        session.execute(delete(SignInAttempt).where(SignInAttempt.id == number))


def source_of(address: str) -> str:
    """What counts as one address: of IPv6 the network of 64 bits that one line gets.

    >>> source_of("10.1.2.3"), source_of("2001:db8::1"), source_of("::ffff:10.1.2.3")
    ('10.1.2.3', '2001:db8::/64', '10.1.2.3')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _too_many(place: str, oldest: str, window: timedelta) -> RateLimitError:
    """The error that says how long to wait: until the oldest attempt that counts is old."""
    passed = datetime.fromisoformat(now()) - datetime.fromisoformat(oldest)
    seconds = max(1, math.ceil((window - passed).total_seconds()))
    error = problem("too_many_attempts", address=place, minutes=math.ceil(seconds / 60))
    assert isinstance(error, RateLimitError)
    error.seconds = seconds
    return error
