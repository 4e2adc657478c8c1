from __future__ import annotations

from companion.dashboard.sharing_addresses import Address, local_addresses, sort_addresses


def test_the_room_s_own_network_goes_first_and_machines_inside_this_one_last() -> None:
    found = [
        Address("127.0.0.1", "lo"),
        Address("169.254.3.4", "eth1"),
        Address("172.17.0.1", "docker0"),
        Address("145.97.3.4", "wlan0"),
        Address("192.168.1.5", "eth0"),
        Address("192.168.1.9", "wlp2s0"),
        Address("10.8.0.2", "tun0"),
    ]
    assert [each.ip for each in sort_addresses(found)] == [
        "192.168.1.9",
        "192.168.1.5",
        "145.97.3.4",
        "10.8.0.2",
        "172.17.0.1",
        "169.254.3.4",
    ]


def test_a_machine_on_no_network_has_no_address() -> None:
    assert sort_addresses([Address("127.0.0.1", "lo"), Address("0.0.0.0", "eth0")]) == []  # noqa: S104


def test_this_machine_s_addresses_are_none_of_its_inside() -> None:
    assert not [each for each in local_addresses() if each.ip.startswith("127.")]
