// What callers say beside a name and an ID, and the sheet of each call (core/calls).
export const callerLookups = `
CREATE INDEX hosts_by_user ON hosts (substr(user_name, instr(user_name, '\\') + 1) COLLATE NOCASE) WHERE user_name IS NOT NULL;
CREATE INDEX hosts_by_serial ON hosts (serial_number COLLATE NOCASE) WHERE serial_number IS NOT NULL;
CREATE INDEX hosts_by_asset_tag ON hosts (asset_tag COLLATE NOCASE) WHERE asset_tag IS NOT NULL;

CREATE TABLE calls (
  call_id INTEGER PRIMARY KEY, opened_at TEXT NOT NULL, operator TEXT NOT NULL, changed_at TEXT NOT NULL,
  -- What an undone import takes away is no longer named here; the rest of the sheet stays.
  host_id INTEGER REFERENCES hosts ON DELETE SET NULL, key_record_id INTEGER REFERENCES key_records ON DELETE SET NULL, disclosure_id INTEGER REFERENCES disclosures,
  identity TEXT, caller TEXT, reason TEXT, ticket TEXT,
  -- How many of the eight groups the caller has read back.
  groups_read INTEGER NOT NULL DEFAULT 0 CHECK (groups_read BETWEEN 0 AND 8),
  outcome TEXT CHECK (outcome IN ('unlocked', 'rejected', 'broken-off')), closed_at TEXT, note TEXT,
  CHECK ((outcome IS NULL) = (closed_at IS NULL))
) STRICT;
CREATE INDEX calls_open ON calls (changed_at DESC) WHERE outcome IS NULL;
CREATE INDEX calls_by_host ON calls (host_id) WHERE host_id IS NOT NULL;
CREATE INDEX calls_by_record ON calls (key_record_id) WHERE key_record_id IS NOT NULL;
CREATE INDEX calls_by_disclosure ON calls (disclosure_id) WHERE disclosure_id IS NOT NULL;
`;
