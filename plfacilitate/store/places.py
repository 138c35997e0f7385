"""Where a workspace lies, and what is wrong with some places.

Owns the names of synced folders and how a network folder is told. Never opens a file of the workspace.
"""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

# A part of the path → whose folder it is. Each of them copies a database while it is being written.
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "icloud drive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "box": "Box",
    "box sync": "Box",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
    "pcloud": "pCloud",
    "pclouddrive": "pCloud",
}
_STARTS = ("onedrive -", "onedrive-", "dropbox (", "googledrive-", "box-", "nextcloud-")
_NETWORK_TYPES = frozenset(
    {"9p", "afpfs", "afs", "cifs", "davfs", "fuse.davfs", "fuse.sshfs", "nfs", "nfs4", "smb3", "smbfs", "webdav"}
)
_REMOTE_DRIVE = 4  # what Windows' GetDriveTypeW says of a share


def place_warnings(root: Path, mounts: str | None = None) -> list[str]:
    """One sentence for each thing that is wrong with this place. `mounts` = text of /proc/mounts (None = read it)."""
    path = root.expanduser().absolute()
    warnings = []
    service = synced_by(path)
    if service is not None:
        warnings.append(
            f"{path} lies in a folder that {service} copies while the ledger is being written: choose a folder that"
            " is not synced, and use `plfacilitate backup` for copies."
        )
    if is_network(path, mounts):
        warnings.append(
            f"{path} lies on another machine: a ledger needs a disk of this one, and a network folder may lose"
            " entries. Choose another folder, and use `plfacilitate backup` to copy to this one."
        )
    return warnings


def synced_by(path: Path) -> str | None:
    """The service that syncs this folder, by the names of the folders above it; None = none that is known."""
    for part in path.parts:
        name = part.casefold()
        if name in _SYNCED:
            return _SYNCED[name]
        for start in _STARTS:
            if name.startswith(start):
                return _SYNCED[start.rstrip(" -(")]
    return None


def is_network(path: Path, mounts: str | None = None) -> bool:
    """Whether the folder lies on another machine, as far as the system says."""
    if str(path).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(path.drive + "\\")) == _REMOTE_DRIVE
    else:  # noqa: RET505 (the type checker knows that only one of the two is reached)
        return _mounted_as(PurePosixPath(path), _read_mounts() if mounts is None else mounts) in _NETWORK_TYPES


def _read_mounts() -> str:
    try:
        return Path("/proc/mounts").read_text("utf-8", "replace")
    except OSError:  # no such list on this system
        return ""


def _mounted_as(path: PurePosixPath, mounts: str) -> str:
    """The type of the nearest mount above the path, "" where it is not known."""
    best, found = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        at = PurePosixPath(parts[1].replace("\\040", " "))
        if len(at.parts) > best and (path == at or at in path.parents):
            best, found = len(at.parts), parts[2]
    return found
