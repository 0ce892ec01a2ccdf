// That a rotation was asked for, where a later disclosure or a later asking wrote over it: an instant between is told as it was. What ended before this table is not known.
const keep = (table: string, id: string): string => `
CREATE TRIGGER ${table}_asked_before AFTER UPDATE OF asked_at ON ${table} WHEN OLD.asked_at IS NOT NULL AND NEW.asked_at IS NOT OLD.asked_at BEGIN
  INSERT INTO ended_askings (${id}, asked_at, ended_at) VALUES (OLD.${id}, OLD.asked_at, coalesce(NEW.asked_at, NEW.due_at));
END;`;

export const endedAskings = `
CREATE TABLE ended_askings (
  key_record_id INTEGER REFERENCES key_records, laps_password_id INTEGER REFERENCES laps_passwords,
  asked_at TEXT NOT NULL, ended_at TEXT NOT NULL,
  CHECK ((key_record_id IS NULL) <> (laps_password_id IS NULL))
) STRICT;
CREATE INDEX ended_askings_by_key ON ended_askings (key_record_id) WHERE key_record_id IS NOT NULL;
CREATE INDEX ended_askings_by_laps ON ended_askings (laps_password_id) WHERE laps_password_id IS NOT NULL;
${keep('rotations', 'key_record_id')}
${keep('laps_rotations', 'laps_password_id')}
`;
