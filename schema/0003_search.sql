-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Search that forgives spelling: words of entries, and the groups of three characters that words are
-- made of. src/store/search.h has the contract, docs/search.md the method.
-- Everything here is made from other tables and can be made again.
-- Engine-specific lines end in "-- sqlite" or "-- postgresql" (docs/architecture.md).

-- One row a word of an entry. Words are folded: "alesund" for Ålesund.
CREATE TABLE search_posting (
    kind TEXT NOT NULL,            -- "city", "indicator"
    word TEXT NOT NULL,
    scope TEXT NOT NULL,           -- '' or the framework's id
    entry_key TEXT NOT NULL,       -- "riyadh", "EC.ICT.ICT.1C"
    place INTEGER NOT NULL CHECK (place BETWEEN 0 AND 1),
        -- 0 in the entry's name, 1 only in its further text
    name TEXT NOT NULL,            -- the entry's name, folded: hits of one rank are sorted by it
    PRIMARY KEY (kind, word, scope, entry_key)
)
WITHOUT ROWID -- sqlite
;
-- The key of the entry stands first, so that no engine takes this index for a search by words.
CREATE INDEX search_posting_by_entry ON search_posting (entry_key, kind, scope);

-- In which words of a kind three characters stand one after the other: a list in one row, since a
-- search reads whole lists, and reads ten of them faster than their words one by one.
CREATE TABLE search_trigram (
    kind TEXT NOT NULL,
    trigram TEXT NOT NULL,         -- "  a", " al", "ale", ...: two spaces stand before a word, one behind
    words TEXT NOT NULL,           -- those in search_posting, sorted by their bytes, spaces between
    PRIMARY KEY (kind, trigram)
)
WITHOUT ROWID -- sqlite
;

-- By which version of the program's rules the entries of a kind were made. Without its row, or with
-- another version, the program makes them anew (guildhall init, restore and serve do).
CREATE TABLE search_kind (
    kind TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
);
INSERT INTO search_kind (kind, version)
SELECT 'city', 1 WHERE NOT EXISTS (SELECT 1 FROM city);
INSERT INTO search_kind (kind, version)
SELECT 'indicator', 1 WHERE NOT EXISTS (SELECT 1 FROM framework);
