"""Which addresses may be fetched: those of the public network, after their names are resolved."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from dateline.errors import SourceError

_SCHEMES = frozenset(["http", "https"])


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart, with the number that its name stands for at this moment."""

    address: str
    host: str
    port: int
    number: str

    @property
    def by_number(self) -> str:
        """The address with its host's number, so that what was looked at is what is connected to."""
        parts = urlsplit(self.address)
        host = f"[{self.number}]" if ":" in self.number else self.number
        return urlunsplit((parts.scheme, f"{host}:{self.port}", parts.path or "/", parts.query, ""))

    @property
    def site(self) -> str:
        """Scheme, host and port: whom a robots.txt speaks for."""
        return f"{urlsplit(self.address).scheme}://{self.host}:{self.port}"


def is_address(given: str) -> bool:
    """True where `given` is meant as an address and not as a path."""
    return given.startswith(("http://", "https://", "feed:", "file:", "ftp://"))


def resolve(address: str, *, allow_private: bool) -> Place:
    """Where an address leads. Raises SourceError where it may not be fetched, or its host has no number.

    Every number that a name stands for must be public: loopback, link-local, private, reserved and multicast ranges are
    refused unless `allow_private`.
    """
    address = address.removeprefix("feed:") if address.startswith("feed:http") else address
    try:
        parts = urlsplit(address)
        scheme, host = parts.scheme, parts.hostname
        port = parts.port or (443 if scheme == "https" else 80)
    except ValueError as error:
        raise SourceError(f"{address}: this is no address ({error})") from None
    if scheme not in _SCHEMES:
        raise SourceError(f"{address}: only http and https addresses are fetched; give a file by its path")
    if not host:
        raise SourceError(f"{address}: this address names no host")
    if parts.username or parts.password:
        raise SourceError(
            f"{address.replace(parts.netloc, host)}: addresses with a password in them are not fetched"
        )
    numbers = _numbers(host, port, address)
    if not allow_private and (bad := next((n for n in numbers if not _is_public(n)), None)):
        raise SourceError(
            f"{address}: {host} is {'' if host.strip('[]') == bad else f'{bad}, '}on this machine or its own network; "
            "give --allow-private if that is meant"
        )
    # IPv4 first: it is there even where IPv6 is not routed
    number = min(numbers, key=lambda n: ":" in n)
    return Place(urlunsplit((scheme, parts.netloc, parts.path or "/", parts.query, "")), host, port, number)


def _numbers(host: str, port: int, address: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{address}: the host {host} was not found ({reason})") from None
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def _is_public(number: str) -> bool:
    parsed = ipaddress.ip_address(number)
    if isinstance(parsed, ipaddress.IPv6Address):
        # a number of the old network inside one of the new
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if inner is None and parsed in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None and not _is_public(str(inner)):
            return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved
