"""Rosters as student information systems export them (OneRoster), for tests: a folder or a zip of CSV files."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Rows = Sequence[Mapping[str, str]]

ORGS: Rows = [
    {"sourcedId": "d1", "name": "Renton School District", "type": "district"},
    {"sourcedId": "s1", "name": "Dimmitt Middle School", "type": "school", "parentSourcedId": "d1"},
    {"sourcedId": "s2", "name": "Lakeridge Elementary", "type": "school", "parentSourcedId": "d1"},
]
TEACHER = {"sourcedId": "u1", "enabledUser": "true", "orgSourcedIds": "s1", "role": "teacher", "givenName": "Maria",
           "familyName": "Garcia", "email": "maria@example.org"}  # fmt: skip
LEADER = {"sourcedId": "u2", "enabledUser": "true", "orgSourcedIds": "d1,s2", "role": "administrator", "givenName": "Bo",
          "familyName": "Lee", "email": "bo@example.org"}  # fmt: skip
STUDENT = {"sourcedId": "u3", "enabledUser": "true", "orgSourcedIds": "s1", "role": "student", "givenName": "Sam",
           "familyName": "Secret", "email": "sam.secret@example.org"}  # fmt: skip
COLUMNS = {
    "orgs.csv": ("sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"),
    "roles.csv": ("sourcedId", "status", "dateLastModified", "userSourcedId", "roleType", "role", "beginDate",
                  "endDate", "orgSourcedId", "userProfileSourcedId"),
    "manifest.csv": ("propertyName", "value"),
}  # fmt: skip
USERS_11 = ("sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role", "username", "userIds",
            "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades",
            "password")  # fmt: skip
USERS_12 = ("sourcedId", "status", "dateLastModified", "enabledUser", "username", "userIds", "givenName", "familyName",
            "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password",
            "userMasterIdentifier", "resourceSourcedIds", "preferredGivenName", "preferredMiddleName",
            "preferredFamilyName", "primaryOrgSourcedId", "pronouns")  # fmt: skip


def table(columns: Sequence[str], rows: Rows) -> bytes:
    """A CSV with these columns, all of them named."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows({name: row.get(name, "") for name in columns} for row in rows)
    return out.getvalue().encode("utf-8")


def manifest(version: str = "1.1", users: str = "bulk") -> bytes:
    """What a manifest says."""
    said = {"manifest.version": "1.0", "oneroster.version": version, "file.users": users}
    return table(COLUMNS["manifest.csv"], [{"propertyName": name, "value": value} for name, value in said.items()])


def one_one(users: Rows = (TEACHER, LEADER, STUDENT), orgs: Rows = ORGS, mode: str = "bulk") -> dict[str, bytes]:
    """The files of a roster of version 1.1."""
    return {
        "manifest.csv": manifest("1.1", mode),
        "orgs.csv": table(COLUMNS["orgs.csv"], orgs),
        "users.csv": table(USERS_11, users),
        "enrollments.csv": b"\xff\x00 nothing that anybody could read",
        "demographics.csv": b"\xff\x00 nothing that anybody could read",
    }


def one_two(users: Rows, roles: Rows, orgs: Rows = ORGS, mode: str = "bulk") -> dict[str, bytes]:
    """The files of a roster of version 1.2."""
    return one_one((), orgs) | {
        "manifest.csv": manifest("1.2", mode),
        "users.csv": table(USERS_12, users),
        "roles.csv": table(COLUMNS["roles.csv"], roles),
    }


def folder(path: Path, files: Mapping[str, bytes]) -> Path:
    """The files in a folder."""
    path.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (path / name).write_bytes(data)
    return path


def packed(path: Path, files: Mapping[str, bytes], inside: str = "") -> Path:
    """The files in a zip, at its top or in a folder `inside/`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in files.items():
            book.writestr(inside + name, data)
    return path
