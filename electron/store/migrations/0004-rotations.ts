// Every recovery password that ever left the vault has its way to the rotation that ends it (DESIGN §2). What was disclosed before this table is due.
export const rotations = `
CREATE TABLE rotations (
  key_record_id INTEGER PRIMARY KEY REFERENCES key_records,
  state TEXT NOT NULL CHECK (state IN ('due', 'asked', 'confirmed')),
  -- Place in the list of risks (core/codes.ts): what a medium holds sealed is the least, what was lost the greatest.
  risk INTEGER NOT NULL CHECK (risk BETWEEN 0 AND 4),
  -- The last disclosure: a rotation before it ended nothing.
  due_at TEXT NOT NULL,
  asked_at TEXT, asked_by TEXT, asked_of TEXT,
  confirmed_at TEXT, confirmed_by TEXT, confirmed_how TEXT CHECK (confirmed_how IN ('evidence', 'statement')),
  -- The newer key record of the volume, or what a supervisor said.
  evidence_key_record_id INTEGER REFERENCES key_records, statement TEXT,
  CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL)), CHECK (state <> 'asked' OR asked_at IS NOT NULL)
) STRICT;
CREATE INDEX rotations_by_state ON rotations (state, risk DESC, due_at, key_record_id);
CREATE INDEX rotations_by_evidence ON rotations (evidence_key_record_id) WHERE evidence_key_record_id IS NOT NULL;
INSERT INTO rotations (key_record_id, state, risk, due_at)
  SELECT key_record_id, 'due', max(CASE way WHEN 'medium' THEN CASE state WHEN 'lost' THEN 4 ELSE 0 END WHEN 'shown' THEN 1 WHEN 'spoken' THEN 2 ELSE 3 END), max(at)
    FROM (SELECT key_record_id, way, at, NULL AS state FROM disclosures WHERE key_record_id IS NOT NULL
          UNION ALL SELECT m.key_record_id, d.way, d.at, o.state FROM disclosures d JOIN media_members m ON m.media_id = d.media_id JOIN media o ON o.media_id = d.media_id)
   GROUP BY key_record_id;
`;
