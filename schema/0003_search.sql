-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Search that forgives spelling: words of entries, and the groups of three characters that words are
-- made of. src/store/search.h has the contract, docs/search.md the method.
-- Everything here is made from other tables and can be made again.
-- Engine-specific lines end in "-- sqlite" or "-- postgresql" (docs/architecture.md).

-- One row a word of an entry. Words are folded: "alesund" for Ålesund.
CREATE TABLE search_posting (
    word TEXT NOT NULL,
    kind TEXT NOT NULL,            -- "city", "indicator"
    scope TEXT NOT NULL,           -- '' or the framework's id
    entry_key TEXT NOT NULL,       -- "riyadh", "EC.ICT.ICT.1C"
    place INTEGER NOT NULL CHECK (place BETWEEN 0 AND 1),
        -- 0 in the entry's name, 1 only in its further text
    name TEXT NOT NULL,            -- the entry's name, folded: hits of one rank are sorted by it
    PRIMARY KEY (word, kind, scope, entry_key)
)
WITHOUT ROWID -- sqlite
;
CREATE INDEX search_posting_by_entry ON search_posting (kind, scope, entry_key);

-- The groups of three of each word that is in search_posting, once, however many entries have it.
CREATE TABLE search_trigram (
    trigram TEXT NOT NULL,         -- "  a", " al", "ale", ...: two spaces stand before a word, one behind
    word TEXT NOT NULL,
    n_trigrams INTEGER NOT NULL,   -- different ones that the word has
    PRIMARY KEY (trigram, word)
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
