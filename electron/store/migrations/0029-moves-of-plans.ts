// When hosts are joined, whom one is assigned to and its route go along as well. The table is built anew: a CHECK can not be changed.
export const movesOfPlans = `
CREATE TABLE host_decision_moves_anew (
  decision_id INTEGER NOT NULL REFERENCES host_decisions ON DELETE CASCADE,
  thing TEXT NOT NULL CHECK (thing IN ('key-record', 'attempt', 'event', 'listing', 'id', 'tag', 'wave', 'kept-off', 'technician', 'route')), what TEXT NOT NULL,
  PRIMARY KEY (decision_id, thing, what)
) STRICT, WITHOUT ROWID;
INSERT INTO host_decision_moves_anew SELECT * FROM host_decision_moves;
DROP TABLE host_decision_moves;
ALTER TABLE host_decision_moves_anew RENAME TO host_decision_moves;
`;
