// The first tables: desk, operators, audit, intake, hosts, key records with their sealed pages, disclosures, media, attempts.
import { ATTEMPT_OUTCOMES, ATTEMPT_PROOFS, BLOCKED_REASONS, CLOSED_AS, DISCLOSURE_WAYS, MEDIA_STATES, ROLES } from '../../core/codes.ts';

const oneOf = (values: readonly string[]): string => `(${values.map((value) => `'${value}'`).join(', ')})`;
/** The same as a chain: in a CHECK, SQLite builds a set of IN anew for every row, which took a third of storing a host. */
const isOneOf = (column: string, values: readonly string[]): string => `(${values.map((value) => `${column} = '${value}'`).join(' OR ')})`;
// The states as they were when this migration was written; a later state needs a migration of its own.
const HOST_STATES = ['known', 'reported', 'ready', 'blocked', 'in-progress', 'repaired', 'verified', 'closed'];

export const firstTables = `
CREATE TABLE desk (
  desk_number INTEGER PRIMARY KEY CHECK (desk_number = 1),
  desk_id TEXT NOT NULL, created_at TEXT NOT NULL, demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1))
) STRICT;

CREATE TABLE operators (
  operator_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  status TEXT NOT NULL CHECK (status IN ('pending', 'active', 'disabled')),
  must_change_passphrase INTEGER NOT NULL CHECK (must_change_passphrase IN (0, 1)),
  created_at TEXT NOT NULL, last_signed_in_at TEXT
) STRICT;
CREATE TABLE operator_roles (
  operator_id INTEGER NOT NULL REFERENCES operators, role TEXT NOT NULL CHECK (role IN ${oneOf(ROLES)}), PRIMARY KEY (operator_id, role)
) STRICT, WITHOUT ROWID;

-- Append-only; hash = SHA-256 over the hash before and this line (core/audit).
CREATE TABLE audit_entries (
  entry_number INTEGER PRIMARY KEY CHECK (entry_number > 0),
  at TEXT NOT NULL, operator TEXT NOT NULL, act TEXT NOT NULL, subject TEXT, details TEXT, hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries BEGIN SELECT raise(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entries_remain BEFORE DELETE ON audit_entries BEGIN SELECT raise(ABORT, 'audit entries are never deleted'); END;

CREATE TABLE imports (
  import_id INTEGER PRIMARY KEY, operator TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT, cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled IN (0, 1))
) STRICT;
CREATE TABLE import_files (
  import_file_id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL REFERENCES imports, path TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  rows INTEGER NOT NULL DEFAULT 0, imported INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, conflicts INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0, hosts INTEGER NOT NULL DEFAULT 0, error_code TEXT, error_facts TEXT, error_row INTEGER,
  -- What was odd about the file as a whole, codes separated by blanks.
  notes TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX import_files_by_import ON import_files (import_id);
CREATE INDEX import_files_by_name ON import_files (name);
CREATE TABLE import_rejections (
  import_file_id INTEGER NOT NULL REFERENCES import_files, row INTEGER NOT NULL, reason TEXT NOT NULL, groups TEXT
) STRICT;
CREATE INDEX import_rejections_by_file ON import_rejections (import_file_id, row);

CREATE TABLE hosts (
  host_id INTEGER PRIMARY KEY,
  hostname TEXT NOT NULL UNIQUE COLLATE NOCASE,
  dns_name TEXT, domain TEXT, organizational_unit TEXT, site TEXT, operating_system TEXT, maker TEXT, model TEXT, serial_number TEXT,
  asset_tag TEXT, user_name TEXT, entra_device_id TEXT, last_seen_at TEXT,
  import_file_id INTEGER REFERENCES import_files, created_at TEXT NOT NULL,
  -- Derived from events (core/remediation), kept here so that lists are fast.
  state TEXT NOT NULL DEFAULT 'known' CHECK ${isOneOf('state', HOST_STATES)},
  blocked_reason TEXT CHECK (blocked_reason IS NULL OR ${isOneOf('blocked_reason', BLOCKED_REASONS)}),
  closed_as TEXT CHECK (closed_as IS NULL OR ${isOneOf('closed_as', CLOSED_AS)}),
  state_at TEXT NOT NULL,
  CHECK ((state = 'blocked') = (blocked_reason IS NOT NULL)), CHECK ((state = 'closed') = (closed_as IS NOT NULL))
) STRICT;
CREATE INDEX hosts_by_entra_device ON hosts (entra_device_id) WHERE entra_device_id IS NOT NULL;
CREATE INDEX hosts_by_state ON hosts (state, state_at, host_id);
CREATE INDEX hosts_by_state_at ON hosts (state_at, host_id);
-- Holds all that the list of hosts counts, filters and sorts by, so that one pass over it does (core/hosts/host-list).
CREATE INDEX hosts_by_standing ON hosts (state, blocked_reason, hostname, state_at);
-- Parts of host names, from three letters on. Merged in short steps after an import (core/keys/host-search.ts): automatic merging stalls for 100 ms.
CREATE VIRTUAL TABLE hosts_search USING fts5(hostname, content='hosts', content_rowid='host_id', tokenize='trigram');
INSERT INTO hosts_search (hosts_search, rank) VALUES ('automerge', 0), ('crisismerge', 1000);

-- What happened to a host by an act or an attempt; imports, media and disclosures are read from their own tables.
CREATE TABLE host_events (
  host_event_id INTEGER PRIMARY KEY, host_id INTEGER NOT NULL REFERENCES hosts, at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('reported', 'attempt', 'blocked', 'unblocked', 'verified', 'closed', 'reopened')),
  operator TEXT, blocked_reason TEXT, closed_as TEXT, subject TEXT, detail TEXT
) STRICT;
CREATE INDEX host_events_by_host ON host_events (host_id, at);

-- A data key per import, sealed to key 2; the passwords of up to 256 key records in one page under it.
CREATE TABLE data_keys (data_key_id INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
CREATE TABLE sealed_pages (
  page_id INTEGER PRIMARY KEY, data_key_id INTEGER NOT NULL REFERENCES data_keys, page_uid BLOB NOT NULL CHECK (length(page_uid) = 16), sealed BLOB NOT NULL
) STRICT;

CREATE TABLE key_records (
  key_record_id INTEGER PRIMARY KEY,
  -- 16 bytes in the order people read, so that a prefix of the ID is a range of the index.
  key_protector_id BLOB CHECK (length(key_protector_id) = 16),
  host_id INTEGER REFERENCES hosts,
  volume_id TEXT, drive TEXT, created_at TEXT, imported_at TEXT NOT NULL,
  import_file_id INTEGER NOT NULL REFERENCES import_files, source_row INTEGER NOT NULL,
  page_id INTEGER NOT NULL REFERENCES sealed_pages, place INTEGER NOT NULL CHECK (place BETWEEN 0 AND 255),
  -- Keyed hash of the password: tells equal from different without opening anything.
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 16),
  -- Another source gave another password for this key protector ID.
  conflict INTEGER NOT NULL DEFAULT 0 CHECK (conflict IN (0, 1))
) STRICT;
CREATE INDEX key_records_by_host ON key_records (host_id, key_record_id);
-- The few that key_ids can not find, or not alone.
CREATE INDEX key_records_in_conflict ON key_records (key_protector_id) WHERE conflict = 1;
CREATE INDEX key_records_without_id ON key_records (fingerprint) WHERE key_protector_id IS NULL;
-- Finds a key record by the start of its ID: the first record that came with it (further ones are in conflict). Kept beside the table and not as
-- an index of it, because an import fills it in runs sorted by ID: random order rewrites, and encrypts, a page a row (60 s for 1,000,000).
-- An entry counts only if the record it names has this very ID: a run that was cut off leaves entries of records that never came.
CREATE TABLE key_ids (key_protector_id BLOB PRIMARY KEY CHECK (length(key_protector_id) = 16), key_record_id INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- 0 to 255: unrolls a bound blob into the rows of a page.
CREATE TABLE page_places (place INTEGER PRIMARY KEY) STRICT;
INSERT INTO page_places WITH RECURSIVE places (place) AS (SELECT 0 UNION ALL SELECT place + 1 FROM places WHERE place < 255) SELECT place FROM places;
-- Further sources of a record that is already here.
CREATE TABLE key_record_sources (
  key_record_id INTEGER NOT NULL REFERENCES key_records, import_file_id INTEGER NOT NULL REFERENCES import_files, source_row INTEGER NOT NULL,
  PRIMARY KEY (key_record_id, import_file_id, source_row)
) STRICT, WITHOUT ROWID;

CREATE TABLE media (
  media_id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ${oneOf(MEDIA_STATES)}),
  built_at TEXT NOT NULL, built_by TEXT NOT NULL, expires_at TEXT, scope TEXT NOT NULL, language TEXT NOT NULL CHECK (language IN ('en', 'de')),
  recipe_id TEXT NOT NULL, recipe_version INTEGER NOT NULL, architecture TEXT NOT NULL, payload TEXT NOT NULL, manifest_sha256 TEXT NOT NULL,
  image_name TEXT NOT NULL, image_size_bytes INTEGER NOT NULL, hosts INTEGER NOT NULL, key_records INTEGER NOT NULL
) STRICT;
-- The key under which the technician of a slot signs attempt records.
CREATE TABLE media_slots (
  media_id TEXT NOT NULL REFERENCES media, slot INTEGER NOT NULL, technician TEXT NOT NULL, record_key BLOB NOT NULL CHECK (length(record_key) = 32), PRIMARY KEY (media_id, slot)
) STRICT, WITHOUT ROWID;
CREATE TABLE media_members (
  media_id TEXT NOT NULL REFERENCES media, key_record_id INTEGER NOT NULL REFERENCES key_records, PRIMARY KEY (media_id, key_record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_members_by_record ON media_members (key_record_id);
CREATE TABLE media_left_out (media_id TEXT NOT NULL REFERENCES media, hostname TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (media_id, hostname)) STRICT, WITHOUT ROWID;

CREATE TABLE disclosures (
  disclosure_id INTEGER PRIMARY KEY, at TEXT NOT NULL, operator TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ${oneOf(DISCLOSURE_WAYS)}), reason TEXT NOT NULL, ticket TEXT,
  -- One record that was shown, or one medium with everything on it.
  key_record_id INTEGER REFERENCES key_records, media_id TEXT REFERENCES media,
  CHECK ((key_record_id IS NULL) <> (media_id IS NULL))
) STRICT;
CREATE INDEX disclosures_by_record ON disclosures (key_record_id) WHERE key_record_id IS NOT NULL;
CREATE INDEX disclosures_by_medium ON disclosures (media_id) WHERE media_id IS NOT NULL;

CREATE TABLE attempts (
  attempt_id TEXT PRIMARY KEY, media_id TEXT, slot INTEGER, host_id INTEGER REFERENCES hosts,
  outcome TEXT NOT NULL CHECK (outcome IN ${oneOf(ATTEMPT_OUTCOMES)}), blocked_reason TEXT CHECK (blocked_reason IN ${oneOf(BLOCKED_REASONS)}),
  proof TEXT NOT NULL CHECK (proof IN ${oneOf(ATTEMPT_PROOFS)}),
  started_at TEXT, finished_at TEXT, imported_at TEXT NOT NULL, imported_by TEXT NOT NULL, computer_name TEXT, removed INTEGER NOT NULL,
  -- The record as it lay on the medium: the evidence.
  record TEXT NOT NULL
) STRICT;
CREATE INDEX attempts_by_host ON attempts (host_id);
CREATE INDEX attempts_by_media ON attempts (media_id);
CREATE INDEX attempts_claims ON attempts (host_id) WHERE proof = 'claim';
`;
