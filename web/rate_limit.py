"""How many questions may be asked, by one visitor and by many together, so that nobody keeps the others waiting."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from fastapi import Request
from limits import parse_many

from assistant.errors import SettingsError
from web.windows import MemoryWindows, Windows

HOME, NETWORK = {4: 32, 6: 64}, {4: 24, 6: 48}
"""Bits of an address that belong to one visitor, and to the network around them, by the version of IP."""


class RateLimit:
    """Windows for each visitor, or for what else is counted."""

    def __init__(self, rule: str, setting: str = "RATE_LIMIT", windows: Windows | None = None) -> None:
        """`rule` is `30/minute` or `30/minute;2000/day`, as `limits` writes it, or `off`.

        Raises `SettingsError` that names the `setting`.
        """
        try:
            self._rules = [] if rule == "off" else parse_many(rule)
        except ValueError as exc:
            raise SettingsError(f"{setting}={rule!r}: should be like '30/minute;2000/day', or 'off'") from exc
        self._windows = windows or MemoryWindows()

    async def seconds_to_wait(self, visitor: str) -> int:
        """0 when this question may be asked now, and then it counts."""
        for rule in self._rules:
            if wait := await self._windows.seconds_to_wait(rule, visitor):
                return wait
        return 0


def visitor_of(request: Request) -> str:
    """The address of the visitor; of IPv6 the network, because one home has very many addresses."""
    return address_of(request, HOME)


def network_of(request: Request) -> str:
    """The network that the visitor's address lies in, which one provider or company often has as a whole."""
    return address_of(request, NETWORK)


def address_of(request: Request, bits: dict[int, int]) -> str:
    """The first bits of the visitor's address, whole as it is when that is no address of IP."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    kept = bits[address.version]
    return str(address if kept == address.max_prefixlen else ip_network((address, kept), strict=False))


def in_words(seconds: int) -> str:
    """How long to wait, as one says it: in seconds, minutes or hours."""
    if seconds <= 90:
        return f"{seconds} seconden" if seconds > 1 else "een seconde"
    minutes = ceil(seconds / 60)
    return f"{minutes} minuten" if minutes <= 90 else f"{ceil(minutes / 60)} uur"
