-- Version 2: the pods that are paired, one a place. Frozen: a later change is a new step in migrations.rs.

CREATE TABLE pod (
    site TEXT PRIMARY KEY,
    id   TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
