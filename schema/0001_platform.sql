-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The platform: version of the data, audit trail, leases and jobs. Knows nothing of cities.
-- The table schema_migration stands before all migrations and is made by the program itself.
-- Engine-specific lines end in "-- sqlite" or "-- postgresql" (docs/architecture.md).
-- All times are microseconds since 1970, UTC.

-- One row: raised by one in every write transaction that changed a row.
CREATE TABLE data_version (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL
);
INSERT INTO data_version (id, version) VALUES (1, 0);

-- Who changed what when. Each entry's hash covers the hash of the entry before; src/store/audit.h
-- says how it is made.
CREATE TABLE audit_entry (
    seq BIGINT NOT NULL PRIMARY KEY, -- 1, 2, 3, ... without gaps
    time_us BIGINT NOT NULL,
    actor TEXT NOT NULL,             -- "operator" until there are accounts
    action TEXT NOT NULL,            -- "import figures"
    subject TEXT NOT NULL,           -- a slug, a framework's id, a file's name
    detail TEXT,                     -- JSON object; NULL: none
    digest TEXT,                     -- SHA-256 of the rows written, hex; NULL: none
    hash TEXT NOT NULL               -- SHA-256, hex
);

-- The end of the chain: locked first in every write transaction, so writers come one after another.
CREATE TABLE audit_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,             -- 0: no entry yet
    hash TEXT NOT NULL               -- of the last entry; 64 zeros before the first
);
INSERT INTO audit_head (id, seq, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Which process makes ids with which node number.
CREATE TABLE node_lease (
    node INTEGER NOT NULL PRIMARY KEY CHECK (node BETWEEN 0 AND 1023),
    holder TEXT NOT NULL,            -- random token of the process; '' when given back
    expires_us BIGINT NOT NULL,
    last_ms BIGINT NOT NULL          -- no id of this node is later: milliseconds since 2020
);

-- Long work outside the HTTP threads.
CREATE TABLE job (
    job_id BIGINT NOT NULL PRIMARY KEY,
    job_key TEXT NOT NULL UNIQUE,    -- SHA-256 over kind, parameters and data_version, hex
    kind TEXT NOT NULL,
    parameters TEXT NOT NULL,        -- JSON
    data_version BIGINT NOT NULL,    -- of the data it was asked for
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
        -- 0 waiting, 1 running, 2 done, 3 failed, 4 cancelled
    step TEXT,                       -- what it is doing
    share DOUBLE PRECISION NOT NULL, -- 0..1
    error TEXT,                      -- NULL unless failed
    media_type TEXT,                 -- of the result; NULL until done
    file_name TEXT,
    result_size BIGINT NOT NULL,     -- bytes
    created_us BIGINT NOT NULL,
    started_us BIGINT NOT NULL,      -- 0: not yet
    finished_us BIGINT NOT NULL,     -- 0: not yet
    holder TEXT NOT NULL,            -- the worker's token while running, else ''
    lease_until_us BIGINT NOT NULL,  -- after that another worker may take it up
    attempts INTEGER NOT NULL,       -- how often it was begun
    cancel_asked INTEGER NOT NULL CHECK (cancel_asked IN (0, 1))
);
CREATE INDEX job_by_state ON job (state, created_us);

-- A result in pieces, so that neither engine has to hold it in one value.
CREATE TABLE job_part (
    job_id BIGINT NOT NULL REFERENCES job (job_id),
    part INTEGER NOT NULL,           -- 0, 1, 2, ...
    content BLOB NOT NULL,  -- sqlite
    content BYTEA NOT NULL, -- postgresql
    PRIMARY KEY (job_id, part)
);
