"""The road to a real OpenSSH server, which says less about what is wrong than others and renames in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.courier.address import Access, where_of
from plfacilitate.courier.hosts import show_key
from plfacilitate.courier.places import place_of
from plfacilitate.courier.send import bring_over, deliver
from tests.openssh import OpenSsh, openssh
from tests.servers import Wire


@pytest.fixture(scope="module")
def server() -> Iterator[OpenSsh]:
    """OpenSSH's own."""
    with openssh() as running:
        yield running


@pytest.fixture
def access(server: OpenSsh, isolated: Path) -> Access:
    """Its key compared, this user's key where OpenSSH looks for it."""
    (isolated / ".ssh").mkdir()
    server.key.write_private_key(isolated / ".ssh" / "id_ed25519")
    for path in (server.folder / "in").iterdir():
        path.unlink()
    _, line = show_key(where_of(server.address()))
    (isolated / "known").write_text(line)
    return Access(known_hosts=(isolated / "known",))


def test_a_file_arrives_whole_and_once(source: Path, server: OpenSsh, access: Access) -> None:
    """Under its name; a second time it is there already; another of that name stays; a receipt replaces an older one."""
    folder, where = server.folder / "in", server.address()
    assert not deliver(source, where, access).already
    assert [path.name for path in folder.iterdir()] == ["hours.zip"]
    assert (folder / "hours.zip").read_bytes() == source.read_bytes()
    assert deliver(source, where, access).already
    source.write_bytes(b"another day")
    assert deliver(source, where, access).name.startswith("hours-")
    with closing(place_of(where, access)) as place:
        bring_over(source, place)
        assert (folder / "hours.zip").read_bytes() == b"another day"
        assert len(place.names()) == 2
        place.put("of somebody", source)
        with pytest.raises(FileExistsError):
            place.rename("of somebody", "hours.zip")


def test_what_it_refuses_is_one_sentence(source: Path, server: OpenSsh, access: Access, isolated: Path) -> None:
    """A folder that is not there or takes nothing; a key that it does not know; a server that nobody compared."""
    with pytest.raises(Refused, match="the folder is not there"):
        deliver(source, server.address() + "/none", access)
    (server.folder / "in").chmod(0o500)
    try:
        with pytest.raises(Refused) as no:
            deliver(source, server.address(), access)
    finally:
        (server.folder / "in").chmod(0o700)
    assert no.value.refusal.code == "not-sent"
    (isolated / ".ssh" / "id_ed25519").unlink()
    with pytest.raises(Refused, match="doesn't let this laptop in"):
        deliver(source, server.address(), access)
    with pytest.raises(Refused, match="doesn't know"):
        deliver(source, server.address(), Access())
    assert not list((server.folder / "in").iterdir())


def test_a_wire_that_is_cut_loses_nothing(source: Path, server: OpenSsh, access: Access) -> None:
    """Whatever was sent before, the whole file has its name or none has; the next try ends it."""
    wire = Wire(server.port)
    access.known_hosts[0].write_text(access.known_hosts[0].read_text().replace(str(server.port), str(wire.port)))
    where, there = server.address(wire.port), server.folder / "in" / "hours.zip"
    try:
        deliver(source, where, access)
        whole = wire.passed
        there.unlink()
        for stage in range(1, 6):
            wire.cut_after(whole * stage // 6)
            with pytest.raises(Refused) as no:
                deliver(source, where, access)
            assert no.value.refusal.code == "not-sent", stage
            assert not there.exists() or there.read_bytes() == source.read_bytes()
            wire.whole()
            deliver(source, where, access)
            assert [path.name for path in there.parent.iterdir()] == ["hours.zip"], stage
            there.unlink()
    finally:
        wire.close()
