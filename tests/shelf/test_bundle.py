"""Bundles: the same entries come out, the same bytes for the same day, and nothing altered gets past the reader."""

from __future__ import annotations

import hashlib
import io
import json
import random
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.entry import Draft, Sealed, canonical, content_digest, content_of, envelope_of, utc_text
from plfacilitate.core.office import Column
from plfacilitate.core.refusal import Refused
from plfacilitate.core.sheet import table as office_table
from plfacilitate.seal import keys
from plfacilitate.shelf import bundle as bundles
from plfacilitate.shelf import zipframe
from plfacilitate.shelf.bundle import Bundle, read_bundle, write_bundle
from plfacilitate.shelf.datapackage import Field, Part, csv_part, xlsx_part
from plfacilitate.shelf.manifest import Cover, Label, Manifest, Packed
from plfacilitate.shelf.zipframe import Limits, ZipWriter
from tests.goldens import FOLDER, check_golden
from tests.sheets import SHEET

ZLIB_IS_CLASSIC = "ng" not in zlib.ZLIB_RUNTIME_VERSION
NOW = datetime(2023, 12, 6, 23, 50, tzinfo=UTC)
KEY = keys.key_from("laptop", bytes(range(32)))
LABEL = Label(
    bundle="b-1",
    device="d-1",
    public_key=KEY.public,
    events=("e-1",),
    parcel="hours",
    packed_at=NOW,
    title="PSPL Institute, session 3",
    covers={"d-1": Cover(1, 3, "ab" * 32)},
    as_of={"d-1": 3},
)


def sealed(number: int, content: bool = True) -> Sealed:
    """An entry as the ledger hands it out."""
    draft = Draft(f"id-{number}", "sign-in", NOW, "door", "own-phone", bytes([number % 256]) * 16, person="Nguyễn")
    data = content_of(draft, utc_text(NOW))
    envelope = envelope_of(draft, content_digest(draft.salt, data), "d-1", number, None, utc_text(NOW))
    return Sealed(envelope, draft.salt, data) if content else Sealed(envelope, None, None)


def entries() -> Iterator[Sealed]:
    """Three of them, the second one without what this parcel may not see."""
    return iter([sealed(1), sealed(2, content=False), sealed(3)])


def file_part(path: str, chunks: Iterable[bytes]) -> Part:
    """A part of these bytes, piece by piece."""
    return Part(path, "A", lambda file: file.writelines(chunks))


def table() -> Part:
    """A table of hours."""
    fields = (Field("last_name"), Field("hours", "number", "hours earned", "P000200"))
    return csv_part("hours/hours.csv", "Hours", fields, [("Núñez", 5.5), ("=1+1", 6)])


def packed(path: Path, parts: Sequence[Part] = (), label: Label = LABEL) -> Path:
    """A small bundle on the disk."""
    write_bundle(path, label, entries, parts or [table()], sign=KEY.sign)
    return path


def opened(path: Path, limits: Limits | None = None) -> Bundle:
    """The bundle read and checked."""
    return read_bundle(path, verify=keys.verify, limits=limits)


def refusal(path: Path, limits: Limits | None = None) -> str:
    """The code with which a file is refused; its entries are asked for as well."""
    with pytest.raises(Refused) as caught:
        for _ in opened(path, limits).entries():
            pass
    assert str(caught.value).endswith(".")
    return caught.value.refusal.code


# -- what goes in comes out --------------------------------------------------------------------------------------------


def test_every_entry_comes_out_as_it_went_in(tmp_path: Path) -> None:
    """Bytes, order, and which contents were left out."""
    assert [*opened(packed(tmp_path / "a.zip")).entries()] == [*entries()]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1),
            st.none() | st.text(alphabet=st.characters(exclude_categories=["Cs"])),
        ),
        max_size=6,
        unique_by=lambda pair: pair[0],
    )
)
def test_any_text_survives(tmp_path: Path, pairs: list[tuple[str, str | None]]) -> None:
    """Line ends, quotes, controls, characters of every plane in a content: the same bytes come back."""
    given_entries = [
        Sealed(
            canonical({"id": name, "event": {"id": name}}),
            None if content is None else bytes(16),
            None if content is None else content.encode(),
        )
        for name, content in pairs
    ]
    write_bundle(tmp_path / "a.zip", LABEL, lambda: iter(given_entries), [], sign=KEY.sign)
    assert [*opened(tmp_path / "a.zip").entries()] == given_entries


def test_the_manifest_says_what_is_covered(tmp_path: Path) -> None:
    """Whose it is, from where to where, how many; the caller gets the same values as the reader."""
    written = write_bundle(tmp_path / "a.zip", LABEL, entries, [table()], sign=KEY.sign)
    manifest = opened(written.path).manifest
    assert manifest == written.manifest
    assert (manifest.label, manifest.envelopes, manifest.contents) == (LABEL, 3, 2)
    assert written.sha256 == hashlib.sha256(written.path.read_bytes()).hexdigest()
    assert written.bytes == written.path.stat().st_size


def test_parts_come_out_with_their_columns(tmp_path: Path) -> None:
    """The office finds the laptop's table beside the entries."""
    found = opened(packed(tmp_path / "a.zip", [table(), xlsx_part("hours/hours.xlsx", "Hours", ["hours"], [(5.5,)])]))
    assert [part.path for part in found.parts] == ["hours/hours.csv", "hours/hours.xlsx"]
    assert found.parts[0].fields == (Field("last_name"), Field("hours", "number", "hours earned", "P000200"))
    text = b"".join(found.chunks("hours/hours.csv")).decode("utf-8-sig")
    assert text == "last_name,hours\r\nNúñez,5.5\r\n'=1+1,6\r\n"


def test_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    """No clock, no chance, no name of a machine gets in."""
    for name in ("a.zip", "b.zip"):
        packed(tmp_path / name, [table(), xlsx_part("hours/hours.xlsx", "Hours", ["a"], [("b",)])])
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_bundle_is_its_golden(tmp_path: Path) -> None:
    """Every byte that leaves the building, with clock, chance and key handed in.

    The members are compared one by one as well: another zlib packs the same bytes in another way.
    """
    header, rows = office_table(
        SHEET, [Column(title, title) for title in ("last_name", "first_name", "hours", "status")]
    )
    fields = [Field(title) for title in header]
    parts = [csv_part("hours/office-table.csv", "The office's table", fields, rows)]
    data = packed(tmp_path / "a.zip", parts).read_bytes()
    if ZLIB_IS_CLASSIC:
        check_golden("bundle.zip", data)
    with zipfile.ZipFile(tmp_path / "a.zip") as ours, zipfile.ZipFile(FOLDER / "bundle.zip") as golden:
        assert ours.namelist() == golden.namelist()
        for name in ours.namelist()[:-2]:
            assert ours.read(name) == golden.read(name), name


def test_the_golden_bundle_can_still_be_read() -> None:
    """What an office has kept for years opens in this version."""
    found = opened(FOLDER / "bundle.zip")
    assert [*found.entries()] == [*entries()]


def test_any_program_opens_it_and_finds_a_data_package(tmp_path: Path) -> None:
    """Python's own zip reader agrees with every header, and every resource has the hash that is written of it."""
    with zipfile.ZipFile(packed(tmp_path / "a.zip")) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        package = json.loads(archive.read("datapackage.json"))
        for resource in package["resources"]:
            data = archive.read(resource["path"])
            assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
            assert resource["bytes"] == len(data)
        assert archive.read("README.txt").decode().startswith("PSPL Institute, session 3\n")
        lines = archive.read("entries/contents.ndjson").decode().splitlines()
        assert json.loads(lines[0])["content"].encode() == sealed(1).content


def test_an_empty_bundle_is_a_bundle(tmp_path: Path) -> None:
    """A programme parcel of a day without notes."""
    write_bundle(tmp_path / "a.zip", LABEL, lambda: iter(()), [], sign=KEY.sign)
    assert [*opened(tmp_path / "a.zip").entries()] == []


def test_a_member_that_unpacks_to_the_last_byte_of_a_block_is_whole(tmp_path: Path) -> None:
    """Sizes around the blocks in which it is read and unpacked."""
    for size in (0, 1, (1 << 16) - 1, 1 << 16, 1 << 18, (1 << 18) + 1, 3 << 18):
        data = random.Random(size).randbytes(size // 64) * 64
        path = packed(tmp_path / "a.zip", [file_part("a/a.txt", [data])])
        assert b"".join(opened(path).chunks("a/a.txt")) == data


# -- nothing altered gets past -----------------------------------------------------------------------------------------


def test_one_altered_byte_anywhere_is_noticed(tmp_path: Path) -> None:
    """Every single byte, one bit of it; also those in the headers that other readers pass over."""
    data = packed(tmp_path / "a.zip").read_bytes()
    path = tmp_path / "altered.zip"
    chance = random.Random(7)
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ chance.choice([0x01, 0x20, 0x80])]) + data[at + 1 :])
        assert refusal(path) == "bundle-altered", at


def test_a_bundle_cut_short_is_noticed(tmp_path: Path) -> None:
    """At every 997th byte, and anywhere near the end."""
    data = packed(tmp_path / "a.zip", [file_part("a/a.txt", [random.Random(1).randbytes(90_000)])]).read_bytes()
    path = tmp_path / "cut.zip"
    for length in [*range(0, len(data), 997), *range(len(data) - 60, len(data))]:
        path.write_bytes(data[:length])
        assert refusal(path) == "bundle-altered", length


@pytest.mark.parametrize("before, after", [(b"", b"\n"), (b"#!", b""), (b"", b"PK\x05\x06" + bytes(18))])
def test_whatever_is_added_around_it_is_noticed(tmp_path: Path, before: bytes, after: bytes) -> None:
    """A line end that a mail program adds, something in front, a second end."""
    path = packed(tmp_path / "a.zip")
    path.write_bytes(before + path.read_bytes() + after)
    assert refusal(path) == "bundle-altered"


def test_a_bundle_packed_again_by_another_program_is_refused(tmp_path: Path) -> None:
    """Same files, other frame: it was not what left the laptop."""
    again = tmp_path / "again.zip"
    with zipfile.ZipFile(packed(tmp_path / "a.zip")) as archive, zipfile.ZipFile(again, "w") as other:
        for info in archive.infolist():
            other.writestr(info, archive.read(info))
    assert refusal(again) == "bundle-altered"


def test_a_manifest_signed_by_somebody_else_is_refused(tmp_path: Path) -> None:
    """The key that it names is not the one that signed."""
    write_bundle(tmp_path / "a.zip", LABEL, entries, [], sign=keys.key_from("x", bytes(32)).sign)
    assert refusal(tmp_path / "a.zip") == "bundle-altered"


def test_a_file_that_changes_after_the_check_is_noticed_while_it_is_read(tmp_path: Path) -> None:
    """The second look is as careful as the first."""
    found = opened(packed(tmp_path / "a.zip"))
    data = bytearray(found.path.read_bytes())
    data[data.index(b"entries/contents.ndjson") + 40] ^= 1
    found.path.write_bytes(data)
    with pytest.raises(Refused) as caught:
        [*found.entries()]
    assert caught.value.refusal.code == "bundle-altered"


# -- what a hostile sender with a key of his own may try ---------------------------------------------------------------


def forged(path: Path, members: dict[str, bytes], *, edit: Callable[[bytes], bytes] = bytes) -> Path:
    """A rightly signed zip of whatever members; `edit` changes the manifest before it is signed."""
    with path.open("wb") as file:
        archive = ZipWriter(file)
        listed = []
        for name, content in members.items():
            added = archive.add(name, writes(content))
            listed.append(Packed(name, added.member.packed, added.packed_sha256))
        package = hashlib.sha256(members.get("datapackage.json", b"")).hexdigest()
        data = edit(Manifest(LABEL, 0, 0, package, tuple(listed)).to_bytes())
        archive.add("manifest.json", writes(data), stored=True)
        archive.add("manifest.sig", writes(KEY.sign(data).hex().encode() + b"\n"), stored=True)
        archive.finish()
    return path


def writes(data: bytes) -> Callable[[IO[bytes]], object]:
    """What fills a member with these bytes."""
    return lambda file: file.write(data)


def honest(path: Path) -> dict[str, bytes]:
    """The members of an empty bundle as a forger starts from."""
    write_bundle(path, LABEL, lambda: iter(()), [], sign=KEY.sign)
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()[:-2]}


def with_resource(members: dict[str, bytes], name: str, data: bytes) -> dict[str, bytes]:
    """One member more, listed as it should be."""
    package = json.loads(members["datapackage.json"])
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    package["resources"].append({"path": name, "title": "", "bytes": len(data), "hash": digest})
    kept = {key: value for key, value in members.items() if key != "datapackage.json"}
    return {**kept, name: data, "datapackage.json": json.dumps(package).encode()}


def test_a_forged_bundle_that_keeps_to_the_rules_is_read(tmp_path: Path) -> None:
    """So that what the next tests refuse is refused for the one thing that they change."""
    members = with_resource(honest(tmp_path / "a.zip"), "a/b.txt", b"x")
    assert [part.path for part in opened(forged(tmp_path / "b.zip", members)).parts] == ["a/b.txt"]


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "/a.txt", "a/../b.txt", "a\\b.txt", "C:a.txt", "a.exe", "A/b.txt", "a/b/c.txt", "con", "a/.txt"],
)
def test_a_name_that_is_a_path_trick_is_refused(tmp_path: Path, name: str) -> None:
    """Small letters, one folder, known endings; nothing else is ever a name."""
    members = with_resource(honest(tmp_path / "a.zip"), name, b"x")
    assert refusal(forged(tmp_path / "b.zip", members)) == "bundle-altered"


def test_a_file_that_no_list_names_is_refused(tmp_path: Path) -> None:
    """Signed, but in no data package."""
    members = {**honest(tmp_path / "a.zip"), "extra.txt": b"x"}
    assert refusal(forged(tmp_path / "b.zip", members)) == "bundle-altered"


def test_a_file_that_was_slipped_in_is_refused(tmp_path: Path) -> None:
    """It lies in the zip, and nobody signed for it."""

    def unsigned(data: bytes) -> bytes:
        value = json.loads(data)
        value["files"] = [one for one in value["files"] if one["name"] != "a/b.txt"]
        assert len(value["files"]) == 4
        return json.dumps(value).encode()

    members = {**honest(tmp_path / "a.zip"), "a/b.txt": b"x"}
    assert refusal(forged(tmp_path / "b.zip", members, edit=unsigned)) == "bundle-altered"


@pytest.mark.parametrize("key, value", [("hash", f"sha256:{'0' * 64}"), ("bytes", 7)])
def test_a_table_that_is_not_the_listed_one_is_refused(tmp_path: Path, key: str, value: object) -> None:
    """Its length and digest are those of the list, or it is another table."""
    members = with_resource(honest(tmp_path / "a.zip"), "a/b.txt", b"x")
    package = json.loads(members["datapackage.json"])
    package["resources"][-1][key] = value
    members["datapackage.json"] = json.dumps(package).encode()
    assert refusal(forged(tmp_path / "b.zip", members)) == "bundle-altered"


def test_a_list_of_tables_that_is_not_the_signed_one_is_refused(tmp_path: Path) -> None:
    """The manifest names it by its digest."""
    members = honest(tmp_path / "a.zip")
    right = hashlib.sha256(members["datapackage.json"]).hexdigest().encode()
    path = forged(tmp_path / "b.zip", members, edit=lambda data: data.replace(right, b"0" * 64))
    assert refusal(path) == "bundle-altered"


def test_a_bundle_without_entries_is_refused_when_it_is_checked(tmp_path: Path) -> None:
    """Before anybody asks for one: neither file nor list has any."""
    members = honest(tmp_path / "a.zip")
    package = json.loads(members["datapackage.json"]) | {"resources": []}
    members = {"README.txt": members["README.txt"], "datapackage.json": json.dumps(package).encode()}
    with pytest.raises(Refused) as caught:
        opened(forged(tmp_path / "b.zip", members))
    assert caught.value.refusal.code == "bundle-altered"


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    """Photos of the day, dropped into the folder of bundles."""
    path = tmp_path / "photos.zip"
    with path.open("wb") as file:
        archive = ZipWriter(file)
        archive.add("a.txt", writes(b"a photo"))
        archive.finish()
    assert refusal(path) == "bundle-altered"


@pytest.mark.parametrize(
    "gone", ["README.txt", "entries/envelopes.ndjson", "entries/contents.ndjson", "datapackage.json"]
)
def test_a_bundle_without_one_of_its_files_is_refused(tmp_path: Path, gone: str) -> None:
    """All four belong to it."""
    members = honest(tmp_path / "a.zip")
    del members[gone]
    assert refusal(forged(tmp_path / "b.zip", members)) == "bundle-altered"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """Ten million blanks in ten thousand bytes."""
    members = with_resource(honest(tmp_path / "a.zip"), "a/b.txt", b" " * 10_000_000)
    path = forged(tmp_path / "b.zip", members)
    tracemalloc.start()
    assert refusal(path) == "bundle-altered"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_member_that_is_longer_than_its_header_says_is_refused(tmp_path: Path) -> None:
    """The promise of the header is the most that is ever unpacked."""
    data = zlib.compress(b" " * 50_000, wbits=-15)
    member = zipframe.Member("a", False, 0, len(data), 10, 0)
    with pytest.raises(zipframe.Damaged, match="longer than it says"):
        [*zipframe.contents(io.BytesIO(member.local() + data), member)]


def test_limits_hold(tmp_path: Path) -> None:
    """More files, or more bytes in all, than a reader is ready for."""
    path = packed(tmp_path / "a.zip")
    assert opened(path, Limits(members=7)).manifest.label == LABEL
    assert refusal(path, Limits(members=6)) == "bundle-altered"
    assert refusal(path, Limits(total=1000)) == "bundle-altered"


def test_a_line_without_an_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Envelopes are read line by line, and a line has a limit."""
    monkeypatch.setattr("plfacilitate.shelf.entry_lines.LONGEST", 70_000)
    members = honest(tmp_path / "a.zip")
    package = json.loads(members["datapackage.json"])
    data = random.Random(1).randbytes(200_000).replace(b"\n", b" ")
    package["resources"][0] |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    members |= {"entries/envelopes.ndjson": data, "datapackage.json": json.dumps(package).encode()}
    found = opened(forged(tmp_path / "b.zip", members))
    with pytest.raises(Refused, match="too long"):
        [*found.entries()]


@pytest.mark.parametrize(
    "lines",
    [
        b'{"line":1,"id":"id-1","salt":"00","content":"x"}\n',  # no such envelope
        b'{"line":1,"id":"id-1","salt":"zz","content":"x"}\n',
        b'{"line":1,"id":"id-1"}\n',
        b"[]\n",
        b"not json\n",
        b"[" * 100_000 + b"\n",
        b'{"id":"id-1"',
    ],
)
def test_contents_that_make_no_sense_are_refused(tmp_path: Path, lines: bytes) -> None:
    """Signed or not: one sentence, never a traceback."""
    members = honest(tmp_path / "a.zip")
    package = json.loads(members["datapackage.json"])
    package["resources"][1] |= {"bytes": len(lines), "hash": f"sha256:{hashlib.sha256(lines).hexdigest()}"}
    members |= {"entries/contents.ndjson": lines, "datapackage.json": json.dumps(package).encode()}
    assert refusal(forged(tmp_path / "b.zip", members)) == "bundle-altered"


def test_fewer_entries_than_the_manifest_says_are_refused(tmp_path: Path) -> None:
    """The number is signed, so a list cut at a line end is noticed even by its own signer's mistake."""
    members = honest(tmp_path / "a.zip")
    path = forged(tmp_path / "b.zip", members, edit=lambda data: data.replace(b'"envelopes": 0', b'"envelopes": 5'))
    assert refusal(path) == "bundle-altered"


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: b"[]",
        lambda data: b"",
        lambda data: b"\xff",
        lambda data: b"[" * 100_000,
        lambda data: data.replace(b'"what": "bundle"', b'"what": "receipt"'),
        lambda data: data.replace(b'"parcel": "hours"', b'"parcel": "all"'),
        lambda data: data.replace(b'"format": 1', b'"format": true'),
        lambda data: data.replace(b'"events": [', b'"events": [1,'),
        lambda data: data.replace(b"2023-12-06T", b"yesterday"),
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(tmp_path: Path, edit: Callable[[bytes], bytes]) -> None:
    """Rightly signed nonsense is nonsense."""
    assert refusal(forged(tmp_path / "b.zip", honest(tmp_path / "a.zip"), edit=edit)) == "bundle-altered"


def test_a_bundle_of_a_newer_version_says_so(tmp_path: Path) -> None:
    """Then the office needs an update, not another bundle."""
    path = forged(
        tmp_path / "b.zip", honest(tmp_path / "a.zip"), edit=lambda d: d.replace(b'"format": 1', b'"format": 2')
    )
    assert refusal(path) == "bundle-newer"


# -- files -------------------------------------------------------------------------------------------------------------


def test_what_is_no_bundle_is_one_sentence(tmp_path: Path) -> None:
    """Nothing there, a folder, an empty file, a letter."""
    assert refusal(tmp_path / "none.zip") == "file-missing"
    assert refusal(tmp_path) == "file-is-folder"
    for data in (b"", b"Dear office,\n" * 100):
        (tmp_path / "a.zip").write_bytes(data)
        assert refusal(tmp_path / "a.zip") == "bundle-altered"


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """Nothing is left behind."""
    with pytest.raises(Refused) as caught:
        packed(tmp_path / "none" / "a.zip")
    assert caught.value.refusal.code == "not-written"


@pytest.mark.parametrize(
    "entry",
    [
        Sealed(b'{"id":"a",\n"z":1}', None, None),
        Sealed(b"{}", bytes(16), b"x"),
        Sealed(b'{"id":"a"}', bytes(16), b"\xff"),
    ],
)
def test_an_entry_that_could_not_be_read_again_is_not_packed(tmp_path: Path, entry: Sealed) -> None:
    """And the bundle that stood there stays as it was."""
    path = packed(tmp_path / "a.zip")
    before = path.read_bytes()
    with pytest.raises(Refused) as caught:
        write_bundle(path, LABEL, lambda: iter([entry]), [], sign=KEY.sign)
    assert caught.value.refusal.code == "content-damaged"
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["a.zip"]


def test_a_part_too_big_for_a_zip_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 4 GB; here the limit is lowered."""
    monkeypatch.setattr(zipframe, "MOST", 100_000)
    with pytest.raises(Refused) as caught:
        packed(tmp_path / "a.zip", [file_part("a/a.txt", (bytes(1000) for _ in range(200)))])
    assert caught.value.refusal.code == "bundle-too-big"
    assert not (tmp_path / "a.zip").exists()


@pytest.mark.parametrize("name", ["manifest.json", "datapackage.json", "entries/contents.ndjson", "../a.csv", "A.csv"])
def test_a_part_can_not_take_a_name_that_the_bundle_needs(tmp_path: Path, name: str) -> None:
    """That would be our own mistake, and is loud."""
    with pytest.raises(ValueError):
        packed(tmp_path / "a.zip", [file_part(name, [b""])])


# -- memory ------------------------------------------------------------------------------------------------------------


def peak(work: Callable[[], object]) -> int:
    """The most bytes that a piece of work holds at a time."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_packing_and_reading_hold_no_more_for_ten_times_the_entries(tmp_path: Path) -> None:
    """Within a fifth: everything streams, in both directions."""

    def many(count: int) -> Callable[[], Iterator[Sealed]]:
        return lambda: (sealed(number) for number in range(count))

    def pack(count: int) -> None:
        write_bundle(tmp_path / f"{count}.zip", LABEL, many(count), [], sign=KEY.sign)

    def read(count: int) -> None:
        assert sum(1 for _ in opened(tmp_path / f"{count}.zip").entries()) == count

    for work in (pack, read):
        work(10)  # what is loaded once
        few, many_more = peak(partial(work, 1_500)), peak(partial(work, 15_000))
        assert many_more < 1.2 * few


def test_entries_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    """The first comes without the rest."""
    write_bundle(tmp_path / "a.zip", LABEL, lambda: map(sealed, range(10_000)), [], sign=KEY.sign)
    found = opened(tmp_path / "a.zip")
    assert peak(lambda: [*islice(found.entries(), 1)]) < 1_500_000
    assert bundles.ENVELOPES_PATH in {packed.name for packed in found.manifest.files}
