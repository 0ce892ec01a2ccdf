// Confirmations of rotations that a later disclosure ended: an instant between the two is told as it was. What ended before this table is not known.
export const endedConfirmations = `
CREATE TABLE ended_confirmations (
  key_record_id INTEGER REFERENCES key_records, laps_password_id INTEGER REFERENCES laps_passwords,
  confirmed_at TEXT NOT NULL, due_again_at TEXT NOT NULL,
  -- Evidence that an undone import brought in proves nothing of the past either.
  evidence_key_record_id INTEGER REFERENCES key_records ON DELETE CASCADE, evidence_laps_password_id INTEGER REFERENCES laps_passwords ON DELETE CASCADE,
  CHECK ((key_record_id IS NULL) <> (laps_password_id IS NULL))
) STRICT;
CREATE INDEX ended_confirmations_by_key ON ended_confirmations (key_record_id) WHERE key_record_id IS NOT NULL;
CREATE INDEX ended_confirmations_by_laps ON ended_confirmations (laps_password_id) WHERE laps_password_id IS NOT NULL;
CREATE INDEX ended_confirmations_by_evidence ON ended_confirmations (evidence_key_record_id) WHERE evidence_key_record_id IS NOT NULL;
CREATE INDEX ended_confirmations_by_laps_evidence ON ended_confirmations (evidence_laps_password_id) WHERE evidence_laps_password_id IS NOT NULL;
`;
