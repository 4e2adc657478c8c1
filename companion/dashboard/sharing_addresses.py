"""At which addresses phones in the same room could reach this machine."""

from __future__ import annotations

import ipaddress
import re

import ifaddr
import msgspec

_VIRTUAL = re.compile(r"^(br-|docker|veth|virbr|vmnet|vboxnet|lx[cd]|u?tun|tap|wg|zt|tailscale)")
_WIRELESS = re.compile(r"^(wl|wi-?fi|wlan|airport)", re.IGNORECASE)


class Address(msgspec.Struct, frozen=True):
    """An IPv4 address of this machine and the network card it belongs to."""

    ip: str
    card: str


def local_addresses() -> list[Address]:
    """Addresses of this machine that phones may reach, the likeliest first; empty without any."""
    found = [
        Address(str(each.ip), adapter.nice_name)
        for adapter in ifaddr.get_adapters()
        for each in adapter.ips
        if isinstance(each.ip, str)
    ]
    return sort_addresses(found)


def sort_addresses(found: list[Address]) -> list[Address]:
    """Those that lead to other machines: of homes and offices first, wireless before wired."""
    return sorted({each for each in found if _leads_out(each.ip)}, key=_unlikely)


def _leads_out(ip: str) -> bool:
    address = ipaddress.IPv4Address(ip)
    return not (address.is_loopback or address.is_unspecified or address.is_multicast)


def _unlikely(address: Address) -> tuple[bool, bool, bool, bool, str]:
    """Sorts: the room's own network, then the internet, networks inside this machine, and none."""
    ip = ipaddress.IPv4Address(address.ip)
    return (
        ip.is_link_local,
        bool(_VIRTUAL.match(address.card)),
        not ip.is_private,
        not _WIRELESS.match(address.card),
        address.ip,
    )
