-- Version 1 of the history. Frozen: a later change is a new step in migrations.rs, never an edit here.
-- docs/history.md explains every column. Times ending in _us are microseconds since the Unix epoch.

CREATE TABLE session (
    key            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    started_at_us  INTEGER NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('drill', 'run')),
    drill          TEXT,
    duration_s     REAL,
    headline       TEXT,
    trunk_lean_deg REAL,
    deleted_at_us  INTEGER,
    CHECK ((kind = 'drill') = (drill IS NOT NULL)),
    CHECK ((duration_s IS NULL) = (headline IS NULL))
) STRICT;

CREATE INDEX session_listed ON session (started_at_us) WHERE deleted_at_us IS NULL;
CREATE INDEX session_open ON session (started_at_us) WHERE deleted_at_us IS NULL AND duration_s IS NULL;

-- Rows arrive and are read in key order, so the key is the table.
CREATE TABLE log_entry (
    session  INTEGER NOT NULL REFERENCES session (key) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    at_us    INTEGER,
    entry    BLOB NOT NULL,
    PRIMARY KEY (session, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
    session INTEGER PRIMARY KEY REFERENCES session (key) ON DELETE CASCADE,
    model   TEXT NOT NULL,
    json    TEXT NOT NULL
) STRICT;

CREATE TABLE drill_result (
    session  INTEGER PRIMARY KEY REFERENCES session (key) ON DELETE CASCADE,
    drill    TEXT NOT NULL,
    at_us    INTEGER NOT NULL,
    asked    INTEGER NOT NULL,
    seen     INTEGER NOT NULL,
    passed   INTEGER NOT NULL,
    feedback INTEGER NOT NULL CHECK (feedback IN (0, 1)),
    met      INTEGER NOT NULL CHECK (met IN (0, 1))
) STRICT;

CREATE TABLE calibration (
    session            INTEGER NOT NULL REFERENCES session (key) ON DELETE CASCADE,
    site               TEXT NOT NULL,
    taken_at_us        INTEGER NOT NULL,
    neutral_start_s    REAL NOT NULL,
    neutral_end_s      REAL NOT NULL,
    neutral_spread_deg REAL NOT NULL,
    up_x               REAL NOT NULL,
    up_y               REAL NOT NULL,
    up_z               REAL NOT NULL,
    forward_x          REAL NOT NULL,
    forward_y          REAL NOT NULL,
    forward_z          REAL NOT NULL,
    PRIMARY KEY (session, site)
) STRICT, WITHOUT ROWID;

CREATE INDEX calibration_by_time ON calibration (taken_at_us);

CREATE TABLE check_in (
    at_us   INTEGER PRIMARY KEY,
    session INTEGER REFERENCES session (key) ON DELETE SET NULL,
    json    TEXT NOT NULL
) STRICT;
