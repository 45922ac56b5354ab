"""Keeps the crawler out of our own network: a host is resolved once, checked, and reached at the checked address.

Whoever controls a name server can answer with a public address first and a private one a moment later. So the name is
never resolved again after the check: the connection goes to the address that was checked, with the name in `Host` and
in the TLS handshake, where the certificate is verified against it.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

import httpx

Resolve = Callable[[str, int], Sequence[str]]
"""(host, port) → its IP addresses."""


class RefusedAddress(httpx.RequestError):
    """The host leads into a private, local or reserved network."""


def resolve_host(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, by the system's resolver. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether an IP address lies in the public internet; false for what is no IP address."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or ip.sixtofour or ip.teredo):
        return False  # a road to some IPv4 address; no website is only there
    if isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local:
        return False  # private in the days before fc00::/7; Python takes it for a part of the internet
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class GuardedTransport(httpx.BaseTransport):
    """Sends a request only to a public address. `allow_loopback` lets 127.0.0.0/8 and ::1 through, for tests."""

    def __init__(
        self,
        *,
        allow_loopback: bool = False,
        resolve: Resolve = resolve_host,
        inner: Callable[[], httpx.BaseTransport] = httpx.HTTPTransport,
    ) -> None:
        self._allow_loopback = allow_loopback
        self._resolve = resolve
        self._inner = inner
        self._by_host: dict[str, httpx.BaseTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises `RefusedAddress`, or the errors of httpx."""
        host, port = request.url.host, request.url.port or (443 if request.url.scheme == "https" else 80)
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as exc:
            raise httpx.ConnectError(f"{host} has no address ({exc})", request=request) from exc
        if refused := [address for address in addresses if not self._may_reach(address)]:
            raise RefusedAddress(f"{host} leads to {refused[0]}, which is not in the public internet", request=request)
        return self._send(request, host, addresses)

    def close(self) -> None:
        """Closes all connections."""
        for transport in self._by_host.values():
            transport.close()
        self._by_host.clear()

    def _may_reach(self, address: str) -> bool:
        if is_public(address):
            return True
        try:
            return self._allow_loopback and ipaddress.ip_address(address).is_loopback
        except ValueError:
            return False

    def _send(self, request: httpx.Request, host: str, addresses: Sequence[str]) -> httpx.Response:
        # One pool for each name: a connection that was opened for one name must not serve another on the same address.
        if host not in self._by_host:
            self._by_host[host] = self._inner()
        transport = self._by_host[host]
        failure: httpx.RequestError = httpx.ConnectError(f"{host} has no address", request=request)
        for address in addresses:
            checked = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return transport.handle_request(checked)
            except (httpx.ConnectError, httpx.ConnectTimeout) as exc:
                failure = exc
        raise failure
