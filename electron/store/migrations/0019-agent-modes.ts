// What the agent of a medium does, and an attempt that set the safe-boot flag. SQLite changes no CHECK, so attempts move into a table anew,
// in the order in which they were taken in, which their rowid is.
const OUTCOMES = "('repaired', 'nothing-to-do', 'blocked', 'inspected', 'safe-boot-set')";
const REASONS = "('no-key', 'key-rejected', 'no-disk-seen', 'not-reachable', 'usb-blocked', 'pin-needed', 'hibernated', 'third-party-encryption', 'hardware', 'other-os', 'recipe-not-found', 'repair-failed', 'media-refused', 'owner-away')";
const COLUMNS = 'attempt_id, media_id, slot, host_id, outcome, blocked_reason, proof, started_at, finished_at, imported_at, imported_by, computer_name, removed, record, recipe_id, recipe_version';

export const agentModes = `
CREATE TABLE attempts_anew (
  attempt_id TEXT PRIMARY KEY, media_id TEXT, slot INTEGER, host_id INTEGER REFERENCES hosts,
  outcome TEXT NOT NULL CHECK (outcome IN ${OUTCOMES}), blocked_reason TEXT CHECK (blocked_reason IN ${REASONS}),
  proof TEXT NOT NULL CHECK (proof IN ('signed', 'unsigned', 'claim')),
  started_at TEXT, finished_at TEXT, imported_at TEXT NOT NULL, imported_by TEXT NOT NULL, computer_name TEXT, removed INTEGER NOT NULL,
  -- The evidence: the record as it lay on the medium, or the result code that was typed in.
  record TEXT NOT NULL, recipe_id TEXT, recipe_version INTEGER
) STRICT;
INSERT INTO attempts_anew (${COLUMNS}) SELECT ${COLUMNS} FROM attempts ORDER BY rowid;
DROP TABLE attempts;
-- Triggers of other tables name attempts, which is not there at this moment; that they do is what is wanted.
PRAGMA legacy_alter_table = ON;
ALTER TABLE attempts_anew RENAME TO attempts;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX attempts_by_host ON attempts (host_id);
CREATE INDEX attempts_by_media ON attempts (media_id);
CREATE INDEX attempts_claims ON attempts (host_id) WHERE proof = 'claim';
CREATE INDEX attempts_by_import ON attempts (imported_at, outcome, proof, media_id, slot);
ALTER TABLE media ADD COLUMN mode TEXT NOT NULL DEFAULT 'repair' CHECK (mode IN ('repair', 'safe-boot', 'inspect'));
`;
