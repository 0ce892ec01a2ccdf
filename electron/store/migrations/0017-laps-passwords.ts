// LAPS passwords, sealed as recovery passwords are, with what was disclosed of them and its rotation. A disclosure is of one record, one medium or one LAPS password.

/** `disclosures` is built anew: a table's CHECK can not be changed. Nothing that refers to it is touched, foreign keys are off meanwhile (migrations.ts). */
export const lapsPasswords = `
CREATE TABLE laps_passwords (
  laps_password_id INTEGER PRIMARY KEY, host_id INTEGER NOT NULL REFERENCES hosts,
  -- Of whom it is; legacy LAPS does not say.
  account TEXT, updated_at TEXT, expires_at TEXT,
  imported_at TEXT NOT NULL, import_file_id INTEGER NOT NULL REFERENCES import_files, source_row INTEGER NOT NULL,
  -- A cell of 128 bytes (core/laps/laps-cell.ts) in a page that holds nothing else.
  page_id INTEGER NOT NULL REFERENCES sealed_pages, place INTEGER NOT NULL CHECK (place BETWEEN 0 AND 31),
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 16),
  conflict INTEGER NOT NULL DEFAULT 0 CHECK (conflict IN (0, 1))
) STRICT;
CREATE INDEX laps_passwords_by_host ON laps_passwords (host_id);
CREATE INDEX laps_passwords_by_file ON laps_passwords (import_file_id);
CREATE INDEX laps_passwords_by_page ON laps_passwords (page_id);
-- Every file and row that gives it, the first one too.
CREATE TABLE laps_password_sources (
  laps_password_id INTEGER NOT NULL REFERENCES laps_passwords ON DELETE CASCADE, import_file_id INTEGER NOT NULL REFERENCES import_files, source_row INTEGER NOT NULL,
  PRIMARY KEY (laps_password_id, import_file_id, source_row)
) STRICT, WITHOUT ROWID;
CREATE INDEX laps_password_sources_by_file ON laps_password_sources (import_file_id);

ALTER TABLE import_files ADD COLUMN laps_imported INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_files ADD COLUMN laps_unchanged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_files ADD COLUMN laps_conflicts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_files ADD COLUMN laps_encrypted INTEGER NOT NULL DEFAULT 0;

CREATE TABLE disclosures_anew (
  disclosure_id INTEGER PRIMARY KEY, at TEXT NOT NULL, operator TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('shown', 'spoken', 'printed', 'medium')), reason TEXT NOT NULL, ticket TEXT,
  -- One record that was shown, one medium with everything on it, or one LAPS password.
  key_record_id INTEGER REFERENCES key_records, media_id TEXT REFERENCES media, laps_password_id INTEGER REFERENCES laps_passwords,
  CHECK ((key_record_id IS NOT NULL) + (media_id IS NOT NULL) + (laps_password_id IS NOT NULL) = 1)
) STRICT;
INSERT INTO disclosures_anew (disclosure_id, at, operator, way, reason, ticket, key_record_id, media_id) SELECT disclosure_id, at, operator, way, reason, ticket, key_record_id, media_id FROM disclosures;
DROP TABLE disclosures;
ALTER TABLE disclosures_anew RENAME TO disclosures;
CREATE INDEX disclosures_by_record ON disclosures (key_record_id) WHERE key_record_id IS NOT NULL;
CREATE INDEX disclosures_by_medium ON disclosures (media_id) WHERE media_id IS NOT NULL;
CREATE INDEX disclosures_by_laps ON disclosures (laps_password_id) WHERE laps_password_id IS NOT NULL;

-- As rotations (0004), of LAPS passwords.
CREATE TABLE laps_rotations (
  laps_password_id INTEGER PRIMARY KEY REFERENCES laps_passwords,
  state TEXT NOT NULL CHECK (state IN ('due', 'asked', 'confirmed')), risk INTEGER NOT NULL CHECK (risk BETWEEN 0 AND 4), due_at TEXT NOT NULL,
  asked_at TEXT, asked_by TEXT, asked_of TEXT,
  confirmed_at TEXT, confirmed_by TEXT, confirmed_how TEXT CHECK (confirmed_how IN ('evidence', 'statement')),
  evidence_laps_password_id INTEGER REFERENCES laps_passwords, statement TEXT,
  CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL)), CHECK (state <> 'asked' OR asked_at IS NOT NULL)
) STRICT;
CREATE INDEX laps_rotations_by_state ON laps_rotations (state, risk DESC, due_at, laps_password_id);
CREATE INDEX laps_rotations_by_evidence ON laps_rotations (evidence_laps_password_id) WHERE evidence_laps_password_id IS NOT NULL;
`;
