-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Frameworks, cities and figures: what is measured, who is measured, and what was found.
-- Engine-specific lines end in "-- sqlite" or "-- postgresql" (docs/architecture.md).

-- One row a loaded version of a framework. Versions are never changed, only added.
CREATE TABLE framework (
    id TEXT NOT NULL,              -- "u4ssc"
    version TEXT NOT NULL,         -- "2017.1": from framework.json
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
    name TEXT NOT NULL,
    digest TEXT NOT NULL,          -- SHA-256 over names and contents of its files, hex
    n_kpis BIGINT NOT NULL,
    n_data_points BIGINT NOT NULL,
    loaded_us BIGINT NOT NULL,     -- microseconds since 1970, UTC
    PRIMARY KEY (id, version)
);

-- The files as the domain expert wrote them; they are parsed when a program starts.
CREATE TABLE framework_file (
    framework_id TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,            -- relative to the framework's folder
    content TEXT NOT NULL,
    PRIMARY KEY (framework_id, version, name),
    FOREIGN KEY (framework_id, version) REFERENCES framework (id, version)
);

-- What figures refer to: one key a data point, the same over all versions of its framework.
CREATE TABLE data_point (
    data_point_key BIGINT NOT NULL PRIMARY KEY,
    framework_id TEXT NOT NULL,
    id TEXT NOT NULL,              -- "ec.ict.ict.1c.value"
    UNIQUE (framework_id, id)
);

CREATE TABLE city (
    city_id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,     -- as in /cities/riyadh; never changes
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,        -- the name after NFC and case folding
    country_code TEXT NOT NULL,    -- ISO 3166-1 alpha-2, upper case; '' when not known
    latitude DOUBLE PRECISION,     -- degrees, WGS 84
    longitude DOUBLE PRECISION,
    source TEXT,
    note TEXT,
    UNIQUE (name_key, country_code)
);

-- Base figures that many KPIs divide by.
CREATE TABLE city_year (
    city_id BIGINT NOT NULL REFERENCES city (city_id),
    year INTEGER NOT NULL,         -- 0: undated
    population DOUBLE PRECISION,
    households DOUBLE PRECISION,
    area_km2 DOUBLE PRECISION,
    gdp DOUBLE PRECISION,
    currency TEXT,                 -- ISO 4217, of gdp
    source TEXT,
    PRIMARY KEY (city_id, year)
);

-- One figure: what a city reports for a data point in a year. A figure that was never imported has no
-- row ("missing" is not a state in the table).
--
-- On PostgreSQL each foreign key is a trigger run for every row, which makes an import of a million
-- figures three times as slow; there the import itself makes sure that the city exists, in the same
-- transaction, and neither cities nor data points are ever deleted.
CREATE TABLE figure (
    city_id BIGINT NOT NULL,
    data_point_key BIGINT NOT NULL,
    year INTEGER NOT NULL,
    status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 5),
        -- 1 reported, 2 not reported, 3 not applicable, 4 not verified, 5 not available
    value DOUBLE PRECISION,        -- in the data point's unit; NULL: none
    numerator DOUBLE PRECISION,
    denominator DOUBLE PRECISION,
    how INTEGER NOT NULL CHECK (how BETWEEN 0 AND 2),
        -- 0 not said, 1 calculated from numerator and denominator, 2 typed over
    quality INTEGER CHECK (quality BETWEEN 1 AND 6), -- class of the framework; NULL: not said
    verification INTEGER NOT NULL CHECK (verification BETWEEN 0 AND 1),
        -- 0 not verified, 1 verified
    month INTEGER CHECK (month BETWEEN 1 AND 12),
    report TEXT,                   -- the kind of document: "Verification Report"
    unit TEXT,                     -- the unit as written, where it was worded otherwise
    source TEXT,
    note TEXT,
    framework_version TEXT NOT NULL, -- the definition it was entered under
    audit_seq BIGINT NOT NULL,     -- the audit entry that wrote it
    FOREIGN KEY (city_id) REFERENCES city (city_id), -- sqlite
    FOREIGN KEY (data_point_key) REFERENCES data_point (data_point_key), -- sqlite
    PRIMARY KEY (city_id, data_point_key, year)
)
WITHOUT ROWID -- sqlite
;

-- What a change replaced, as it was.
CREATE TABLE figure_history (
    city_id BIGINT NOT NULL,
    data_point_key BIGINT NOT NULL,
    year INTEGER NOT NULL,
    replaced_by_seq BIGINT NOT NULL, -- the audit entry that replaced it
    replaced_us BIGINT NOT NULL,
    status INTEGER NOT NULL,
    value DOUBLE PRECISION,
    numerator DOUBLE PRECISION,
    denominator DOUBLE PRECISION,
    how INTEGER NOT NULL,
    quality INTEGER,
    verification INTEGER NOT NULL,
    month INTEGER,
    report TEXT,
    unit TEXT,
    source TEXT,
    note TEXT,
    framework_version TEXT NOT NULL,
    audit_seq BIGINT NOT NULL,
    PRIMARY KEY (city_id, data_point_key, year, replaced_by_seq)
);
