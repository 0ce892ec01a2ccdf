// Who is to bring a host back: a technician's name, also of one who has no sign-in here.
export const hostAssignments = `
CREATE TABLE host_assignments (host_id INTEGER PRIMARY KEY REFERENCES hosts ON DELETE CASCADE, technician TEXT NOT NULL COLLATE NOCASE, at TEXT NOT NULL, operator TEXT NOT NULL) STRICT;
CREATE INDEX host_assignments_by_technician ON host_assignments (technician, host_id);
`;
