PRAGMA application_id = 1886152306;
CREATE TABLE register (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE entry (
    event TEXT NOT NULL, id TEXT NOT NULL, device TEXT NOT NULL, number INTEGER NOT NULL, previous TEXT,
    digest TEXT NOT NULL, recorded_at TEXT NOT NULL, envelope BLOB NOT NULL, PRIMARY KEY (event, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_chain ON entry(device, number, digest);
CREATE TABLE content (
    event TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, person TEXT, by TEXT NOT NULL, means TEXT NOT NULL,
    happened_at TEXT NOT NULL, replaces TEXT NOT NULL, salt BLOB NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (event, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX content_person ON content(event, person);
CREATE TABLE id_seen (id TEXT PRIMARY KEY, event TEXT NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE series (series TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (series, event)) STRICT, WITHOUT ROWID;
CREATE TABLE device_head (device TEXT PRIMARY KEY, number INTEGER NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE erasure (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE bundle (
    bundle TEXT PRIMARY KEY, sha256 TEXT NOT NULL, file TEXT NOT NULL, device TEXT NOT NULL, parcel TEXT NOT NULL,
    verdict TEXT NOT NULL, reason TEXT NOT NULL, packed_at TEXT NOT NULL, received_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE aside (
    digest TEXT PRIMARY KEY, id TEXT NOT NULL, device TEXT NOT NULL, number INTEGER NOT NULL, previous TEXT,
    bundle TEXT NOT NULL, reason TEXT NOT NULL, envelope BLOB NOT NULL, salt BLOB, content BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX aside_chain ON aside(device, number);
CREATE VIEW link AS
    SELECT device, number, digest, previous FROM entry UNION ALL SELECT device, number, digest, previous FROM aside
;
PRAGMA user_version = 1;
