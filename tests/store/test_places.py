"""Where a workspace should not lie."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from plfacilitate.store.places import is_network, place_warnings, synced_by

MOUNTS = """/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
//server/staff /mnt/staff\\040folder cifs rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/ruth/usb vfat rw 0 0
me@host: /media/far fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    "path, service",
    [
        ("/home/ruth/OneDrive/plf", "OneDrive"),
        ("/home/ruth/OneDrive - PSESD/plf", "OneDrive"),
        ("/Users/ruth/Library/CloudStorage/OneDrive-PSESD/plf", "OneDrive"),
        ("/home/ruth/Dropbox/plf", "Dropbox"),
        ("/home/ruth/Dropbox (Personal)/plf", "Dropbox"),
        ("/Users/ruth/Google Drive/My Drive/plf", "Google Drive"),
        ("/Users/ruth/Library/CloudStorage/GoogleDrive-r@x.org/My Drive", "Google Drive"),
        ("/Users/ruth/Library/Mobile Documents/com~apple~CloudDocs/plf", "iCloud"),
        ("/home/ruth/icloud drive/plf", "iCloud"),
        ("/home/ruth/Nextcloud/plf", "Nextcloud"),
        ("/home/ruth/documents/plf", None),
        ("/home/onedriver/dropboxes/plf", None),
    ],
)
def test_a_synced_folder_is_known_by_its_name(path: str, service: str | None) -> None:
    """Anywhere above the workspace, in any spelling of case."""
    assert synced_by(Path(path)) == service


@pytest.mark.skipif(sys.platform == "win32", reason="asks Windows itself there")
@pytest.mark.parametrize(
    "path, far",
    [
        ("/home/ada/plf", True),
        ("/home/ruth/usb/plf", False),
        ("/mnt/staff folder/plf", True),
        ("/media/far", True),
        ("/tmp/plf", False),
        ("/opt/plf", False),
    ],
)
def test_a_network_folder_is_known_by_its_mount(path: str, far: bool) -> None:
    """The nearest mount above it decides."""
    assert is_network(Path(path), MOUNTS) is far


def test_a_share_is_known_by_its_name() -> None:
    r"""\\server\share, wherever it is asked."""
    assert is_network(Path(r"\\server\share\plf"), "")
    assert not is_network(Path("/somewhere"), "nonsense\n\n")


def test_each_thing_that_is_wrong_is_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    """None for a good place."""
    assert place_warnings(tmp_path / "plf", MOUNTS) == []
    (synced,) = place_warnings(tmp_path / "OneDrive" / "plf", MOUNTS)
    assert "OneDrive" in synced
    assert "backup" in synced
    if sys.platform != "win32":
        both = place_warnings(Path("/home/ada/Dropbox"), MOUNTS)
        assert len(both) == 2
        assert all(one.count("\n") == 0 and str(Path("/home/ada/Dropbox")) in one for one in both)
