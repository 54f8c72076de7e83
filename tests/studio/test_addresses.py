"""Under which addresses a phone finds this computer."""

from __future__ import annotations

import sys

import pytest

from voiceguide.errors import Failed
from voiceguide.studio import addresses


def found(
    monkeypatch: pytest.MonkeyPatch, *routed: str, named: tuple[str, ...] = (), interfaces: dict[str, str] | None = None
) -> tuple[str, ...]:
    """What is found where the system tells this."""
    monkeypatch.setattr(addresses, "_routed", lambda: routed)
    monkeypatch.setattr(addresses, "_named", lambda: named)
    monkeypatch.setattr(addresses, "_of_interfaces", lambda: interfaces or {})
    return addresses.reachable()


def test_the_one_that_leads_out_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each once."""
    interfaces = {"10.0.0.7": "eth0", "192.168.1.20": "wlan0", "127.0.0.1": "lo"}
    told = found(monkeypatch, "192.168.1.20", named=("127.0.1.1", "10.0.0.7"), interfaces=interfaces)
    assert told == ("192.168.1.20", "10.0.0.7")


def test_one_that_nobody_gave_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer makes itself one where no router is."""
    assert found(monkeypatch, named=("169.254.3.4", "192.168.1.20")) == ("192.168.1.20", "169.254.3.4")


@pytest.mark.parametrize("name", ["tun0", "wg0", "docker0", "br-0a1b2c3d", "virbr0", "tailscale0", "veth12"])
def test_no_phone_is_behind_a_tunnel_or_a_container(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Even where the way out leads through it."""
    interfaces = {"10.8.0.2": name, "192.168.1.20": "wlp2s0"}
    assert found(monkeypatch, "10.8.0.2", interfaces=interfaces) == ("192.168.1.20",)


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "8.8.8.8", "100.64.0.9"])  # noqa: S104 (is refused)
def test_nothing_listens_where_the_internet_could_reach_it(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Nor where nobody could: one message says what to do."""
    with pytest.raises(Failed, match=r"in no home network.*Join the Wi-Fi"):
        found(monkeypatch, address, named=(address,))


def test_the_system_is_asked_without_a_word_to_others() -> None:
    """What it tells are addresses."""
    told = {*addresses._routed(), *addresses._named(), *addresses._of_interfaces()}
    assert all(each.count(".") == 3 for each in told)
    if sys.platform == "linux":
        assert addresses._of_interfaces()["127.0.0.1"] == "lo"
