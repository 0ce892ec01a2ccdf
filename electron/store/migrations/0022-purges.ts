// The end of a vault: its recovery passwords were destroyed when the last incident closed, once and for good; and whether that takes two operators.
export const purges = `
CREATE TABLE purges (
  purge_number INTEGER PRIMARY KEY CHECK (purge_number = 1), at TEXT NOT NULL, operator TEXT NOT NULL, second_operator TEXT, incident_id INTEGER NOT NULL REFERENCES incidents,
  key_records INTEGER NOT NULL, laps_passwords INTEGER NOT NULL,
  -- When key 2 was taken out of keys.json and what was overwritten out of the log: a power cut in between is made up for at the next opening.
  finished_at TEXT
) STRICT;
ALTER TABLE policies ADD COLUMN four_eyes_purge INTEGER NOT NULL DEFAULT 1 CHECK (four_eyes_purge IN (0, 1));
`;
