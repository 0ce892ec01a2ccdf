// Hosts that somebody brought to the counter, each with a number until it leaves (core/walk-ins). A number is free again once its host has left.
export const walkIns = `
CREATE TABLE walk_ins (
  walk_in_id INTEGER PRIMARY KEY, number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999),
  arrived_at TEXT NOT NULL, taken_in_by TEXT NOT NULL,
  -- What was scanned or said. The host is not named when none fits, or when the import that brought it was undone.
  said TEXT NOT NULL, host_id INTEGER REFERENCES hosts ON DELETE SET NULL,
  called_at TEXT, called_by TEXT, ended_at TEXT, ended_by TEXT, outcome TEXT CHECK (outcome IN ('done', 'sent-on', 'left')),
  CHECK ((called_at IS NULL) = (called_by IS NULL)), CHECK ((ended_at IS NULL) = (outcome IS NULL)), CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX walk_ins_here ON walk_ins (number) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX walk_ins_hosts_here ON walk_ins (host_id) WHERE ended_at IS NULL AND host_id IS NOT NULL;
CREATE INDEX walk_ins_by_host ON walk_ins (host_id) WHERE host_id IS NOT NULL;
CREATE INDEX walk_ins_ended ON walk_ins (ended_at) WHERE ended_at IS NOT NULL;
`;
