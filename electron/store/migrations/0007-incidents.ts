// Recipes in versions, incidents that use them, their waves of hosts, and which recipe each attempt ran. A desk begins with the recipe and the incident it was shipped for.
import { CHANNEL_FILE_291 } from '../../core/recipes/channel-file-291.ts';

const { id, version, title, path, pattern, headerBytes, keepFromMs } = CHANNEL_FILE_291;
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const header = headerBytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
const keepFrom = keepFromMs === null ? 'NULL' : text(new Date(keepFromMs).toISOString());
/** The moment the shipped recipe is about (core/recipes): nobody at this desk has added it. */
const BEGAN_AT = '2024-07-19T04:09:00.000Z';
/** A line of a record as it lay on the medium; records have CRLF or LF. */
const line = (name: string): string => `CASE instr(record, char(10) || '${name}=') WHEN 0 THEN NULL ELSE rtrim(substr(substr(record, instr(record, char(10) || '${name}=') + ${name.length + 2}), 1, instr(substr(record, instr(record, char(10) || '${name}=') + ${name.length + 2}), char(10)) - 1), char(13)) END`;

export const incidents = `
CREATE TABLE recipes (
  recipe_id TEXT NOT NULL, version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 99999),
  title TEXT NOT NULL, path TEXT NOT NULL, pattern TEXT NOT NULL,
  -- First bytes of a faulty file; none: the name alone decides.
  header_bytes BLOB NOT NULL CHECK (length(header_bytes) <= 16), keep_from TEXT,
  added_at TEXT NOT NULL, added_by TEXT NOT NULL, approved_at TEXT, approved_by TEXT,
  PRIMARY KEY (recipe_id, version), CHECK ((approved_at IS NULL) = (approved_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER recipes_stay BEFORE UPDATE OF recipe_id, version, title, path, pattern, header_bytes, keep_from, added_at, added_by ON recipes
  BEGIN SELECT raise(ABORT, 'a version of a recipe is never changed'); END;
INSERT INTO recipes VALUES (${text(id)}, ${version}, ${text(title)}, ${text(path)}, ${text(pattern)}, x'${header}', ${keepFrom}, '${BEGAN_AT}', 'Bluelift', '${BEGAN_AT}', 'Bluelift');

CREATE TABLE incidents (
  incident_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  -- Media get the newest approved version of it.
  recipe_id TEXT NOT NULL, created_at TEXT NOT NULL, created_by TEXT NOT NULL,
  closed_at TEXT, closed_by TEXT, CHECK ((closed_at IS NULL) = (closed_by IS NULL))
) STRICT;
INSERT INTO incidents (incident_id, name, recipe_id, created_at, created_by) VALUES (1, ${text(title)}, ${text(id)}, '${BEGAN_AT}', 'Bluelift');

CREATE TABLE media_incidents (media_id TEXT PRIMARY KEY REFERENCES media, incident_id INTEGER NOT NULL REFERENCES incidents) STRICT, WITHOUT ROWID;
CREATE INDEX media_incidents_by_incident ON media_incidents (incident_id);
INSERT INTO media_incidents SELECT media_id, 1 FROM media;

CREATE TABLE waves (
  wave_id INTEGER PRIMARY KEY, incident_id INTEGER NOT NULL REFERENCES incidents, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  -- Its turn within the incident; the first is the canary.
  place INTEGER NOT NULL CHECK (place > 0), begins_at TEXT, ends_at TEXT, created_at TEXT NOT NULL, created_by TEXT NOT NULL,
  opened_at TEXT, opened_by TEXT, evidence TEXT,
  UNIQUE (incident_id, place), CHECK ((opened_at IS NULL) = (opened_by IS NULL))
) STRICT;
-- A host is in one wave at most: moving it takes it out of the other.
CREATE TABLE wave_members (host_id INTEGER PRIMARY KEY REFERENCES hosts ON DELETE CASCADE, wave_id INTEGER NOT NULL REFERENCES waves) STRICT;
CREATE INDEX wave_members_by_wave ON wave_members (wave_id, host_id);
CREATE TABLE hosts_kept_off (host_id INTEGER PRIMARY KEY REFERENCES hosts ON DELETE CASCADE, reason TEXT NOT NULL, at TEXT NOT NULL, operator TEXT NOT NULL) STRICT;
CREATE TABLE host_tags (tag TEXT NOT NULL COLLATE NOCASE, host_id INTEGER NOT NULL REFERENCES hosts ON DELETE CASCADE, PRIMARY KEY (tag, host_id)) STRICT, WITHOUT ROWID;
CREATE INDEX host_tags_by_host ON host_tags (host_id);

ALTER TABLE attempts ADD COLUMN recipe_id TEXT;
ALTER TABLE attempts ADD COLUMN recipe_version INTEGER;
UPDATE attempts SET recipe_id = ${line('recipeId')}, recipe_version = CAST(${line('recipeVersion')} AS INTEGER);
`;
