"""How many questions one visitor may ask, so that one program cannot keep the others waiting."""

from __future__ import annotations

import time
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from fastapi import Request
from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from assistant.errors import SettingsError


class RateLimit:
    """A moving window for each visitor, in the memory of this process."""

    def __init__(self, rule: str, setting: str = "RATE_LIMIT") -> None:
        """`rule` is `30/minute`, as `limits` writes it, or `off`. Raises `SettingsError` that names the `setting`."""
        try:
            self._rule = None if rule == "off" else parse(rule)
        except ValueError as exc:
            raise SettingsError(f"{setting}={rule!r}: should be like '30/minute', or 'off'") from exc
        self._windows = MovingWindowRateLimiter(MemoryStorage())

    async def seconds_to_wait(self, visitor: str) -> int:
        """0 when this question may be asked now, and then it counts."""
        if self._rule is None or await self._windows.hit(self._rule, visitor):
            return 0
        stats = await self._windows.get_window_stats(self._rule, visitor)
        return max(1, ceil(stats.reset_time - time.time()))


def visitor_of(request: Request) -> str:
    """The address of the visitor; of IPv6 the network, because one home has very many addresses."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else host
