-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Published rankings: composite indicators of cities, each with how sure it is; the contract is in
-- src/ranking/published/published.h. A ranking never changes after it was published; it can be withdrawn.
-- Engine-specific lines end in "-- sqlite" or "-- postgresql" (docs/architecture.md).

CREATE TABLE ranking (
    ranking_id BIGINT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,       -- as in /rankings/digital-cities-2026; never used again
    title TEXT NOT NULL,
    summary TEXT NOT NULL,           -- what it measures, in a sentence or two; '' where not said
    author TEXT NOT NULL,
    published_us BIGINT NOT NULL,    -- microseconds since 1970, UTC
    framework_id TEXT NOT NULL,
    framework_version TEXT NOT NULL,
    program_version TEXT NOT NULL,   -- of guildhall, which computed it
    data_version BIGINT NOT NULL,    -- of the figures it was made from
    year INTEGER NOT NULL,           -- that places are of; 0: each city's latest
    first_year INTEGER NOT NULL,     -- of the figures taken
    last_year INTEGER NOT NULL,
    n_years INTEGER NOT NULL,        -- 1; more in a panel: places are of the last, and every year's score
                                     -- and place are in ranking_city_year
    compares_years INTEGER NOT NULL CHECK (compares_years BETWEEN 0 AND 1),
                                     -- 1: scores of its years stand on one scale; 0: a single year, or not
    scale_low DOUBLE PRECISION,      -- ends of the scores' scale; NULL: it has none
    scale_high DOUBLE PRECISION,
    n_cities BIGINT NOT NULL,        -- with a place
    n_indicators BIGINT NOT NULL,
    replications BIGINT NOT NULL,    -- that the intervals rest on
    seed TEXT NOT NULL,              -- decimal: 64 bits without sign
    top_k BIGINT NOT NULL,           -- ranking_city.p_top: of being among the best so many
    mean_shift DOUBLE PRECISION,     -- mean of |place - published place| over cities and replications
    median_width DOUBLE PRECISION,   -- of q95 - q5 over the cities with a place
    clear_pairs DOUBLE PRECISION,    -- share of pairs of cities in the same order in 95 % of the
                                     -- replications; NULL: too many cities to count pairs
    withdrawn_us BIGINT NOT NULL,    -- 0: it stands
    withdrawn_reason TEXT            -- for readers; NULL while it stands
);

-- All that is needed to compute it again, and what came out, as files.
CREATE TABLE ranking_file (
    ranking_id BIGINT NOT NULL REFERENCES ranking (ranking_id),
    name TEXT NOT NULL,              -- "iData.csv", "spec.json"
    content BLOB NOT NULL,  -- sqlite
    content BYTEA NOT NULL, -- postgresql
    PRIMARY KEY (ranking_id, name)
);

-- The cities' places, a row a city: in a panel those of its last year. Quantiles are of places over the
-- replications.
CREATE TABLE ranking_city (
    ranking_id BIGINT NOT NULL REFERENCES ranking (ranking_id),
    city_id BIGINT NOT NULL REFERENCES city (city_id),
    year INTEGER NOT NULL,           -- of its figures; in a panel before the ranking's: no place
    place INTEGER NOT NULL,          -- 1 the best; 0: none, screened out or without a score
    score DOUBLE PRECISION,          -- NULL: none, and so the next
    mean DOUBLE PRECISION,
    median DOUBLE PRECISION,
    q5 DOUBLE PRECISION,
    q25 DOUBLE PRECISION,
    q75 DOUBLE PRECISION,
    q95 DOUBLE PRECISION,
    p_top DOUBLE PRECISION,          -- 0..1
    n_available BIGINT NOT NULL,     -- indicators with a figure, of the ranking's n_indicators
    population DOUBLE PRECISION,     -- when it was published; NULL: not known
    PRIMARY KEY (ranking_id, city_id)
)
WITHOUT ROWID -- sqlite
;
CREATE INDEX ranking_city_by_city ON ranking_city (city_id, ranking_id);

-- The cities over the years of a panel; a row a city and year with figures.
CREATE TABLE ranking_city_year (
    ranking_id BIGINT NOT NULL REFERENCES ranking (ranking_id),
    city_id BIGINT NOT NULL REFERENCES city (city_id),
    year INTEGER NOT NULL,
    place INTEGER NOT NULL,          -- among the cities of that year; 0: none
    score DOUBLE PRECISION,          -- NULL: none, and so the next
    median DOUBLE PRECISION,         -- of places over the replications, and so the next
    q5 DOUBLE PRECISION,
    q95 DOUBLE PRECISION,
    n_available BIGINT NOT NULL,     -- as in ranking_city
    definition_changed INTEGER NOT NULL CHECK (definition_changed BETWEEN 0 AND 1),
                                     -- 1: a figure of this year is defined otherwise than the city's one before
    PRIMARY KEY (city_id, ranking_id, year)
)
WITHOUT ROWID -- sqlite
;
CREATE INDEX ranking_city_year_by_ranking ON ranking_city_year (ranking_id);

-- The choices of method that were varied, and how much of the movement each explains.
CREATE TABLE ranking_choice (
    ranking_id BIGINT NOT NULL REFERENCES ranking (ranking_id),
    position INTEGER NOT NULL,       -- 0, 1, 2, ... as in the specification
    name TEXT NOT NULL,
    first DOUBLE PRECISION,          -- first-order index (Si), and the middle 90 % of its bootstrap
    first_low DOUBLE PRECISION,
    first_high DOUBLE PRECISION,
    total DOUBLE PRECISION,          -- total-order index (STi)
    total_low DOUBLE PRECISION,
    total_high DOUBLE PRECISION,
    PRIMARY KEY (ranking_id, position)
)
WITHOUT ROWID -- sqlite
;
