"""Which road an address asks for.

Owns the kinds of place. Imports the library of a road only when an address asks for it.
"""

from __future__ import annotations

from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.core.text import plain
from plfacilitate.courier.address import SFTP, Access, check_address, where_of
from plfacilitate.courier.place import Place


def place_of(address: str, access: Access | None = None) -> Place:
    """The place behind an address: a folder (as a path or as `file:`), SFTP, S3, or whatever else fsspec knows.

    Refused: `address-unknown`, `place-password`, `place-extra`, `place-login`, `place-stranger`, `place-changed`, and
    `not-sent` for a place that can't be reached.
    """
    from plfacilitate.courier.folder import Folder, folder_of

    path = folder_of(address)
    if path is not None:
        return Folder(path)
    check_address(address)
    where = where_of(address)
    try:
        if where.scheme in SFTP:
            from plfacilitate.courier.sftp import Sftp

            return Sftp(where, access or Access())
        from plfacilitate.courier.remote import Remote

        return Remote(where, access or Access())
    except OSError as error:
        raise Refused("not-sent", place=plain(where.shown), detail=disk_words(error)) from error
