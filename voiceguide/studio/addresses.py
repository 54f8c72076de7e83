"""Under which addresses a phone in the same home network reaches this computer."""

from __future__ import annotations

import socket
import struct
import sys
from contextlib import suppress
from ipaddress import IPv4Address

from voiceguide.errors import Failed

_OUTSIDE = "198.51.100.1"
"""An address that is nobody's (RFC 5737): which way leads there is asked, and nothing is sent."""
_UNREACHABLE = ("br-", "cni", "docker", "lo", "lxc", "ppp", "tailscale", "tap", "tun", "veth", "virbr", "wg", "zt")
"""How the names of interfaces begin that no phone is behind: containers, virtual machines, tunnels."""
_SIOCGIFADDR = 0x8915


def reachable() -> tuple[str, ...]:
    """Return this computer's IPv4 addresses in home networks, the likeliest first.

    Raises Failed where there is none.
    """
    interfaces = _of_interfaces()
    candidates = dict.fromkeys((*_routed(), *_named(), *interfaces))
    found = [each for each in candidates if _is_home(each) and not interfaces.get(each, "").startswith(_UNREACHABLE)]
    if not found:
        raise Failed(
            "this computer is in no home network: a phone would not find it. Join the Wi-Fi that the phone is in, and "
            "try again."
        ).said("network")
    return tuple(sorted(found, key=lambda address: IPv4Address(address).is_link_local))


def _is_home(address: str) -> bool:
    """Whether phones beside this computer can have such an address, and nobody in the internet reaches it."""
    read = IPv4Address(address)
    return read.is_private and not (read.is_loopback or read.is_unspecified)


def _routed() -> tuple[str, ...]:
    """The address from which this computer speaks with others, where it can."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.connect((_OUTSIDE, 9))
        return (asking.getsockname()[0],)
    return ()


def _named() -> tuple[str, ...]:
    """Those that its own name stands for: all there are, on many systems."""
    with suppress(OSError):
        return tuple(str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET))
    return ()


def _of_interfaces() -> dict[str, str]:
    """Each address with the name of its interface, where the system tells that."""
    found: dict[str, str] = {}
    if sys.platform == "linux":
        import fcntl

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            for _, name in socket.if_nameindex():
                with suppress(OSError):  # it has none
                    told = fcntl.ioctl(asking.fileno(), _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                    found[socket.inet_ntoa(told[20:24])] = name
    return found
