// How a host will be reached, where a person has decided it. Without a row the desk's own order stands: a stick where there is a key, else none yet.

export const hostRoutes = `
CREATE TABLE host_routes (
  host_id INTEGER PRIMARY KEY REFERENCES hosts ON DELETE CASCADE,
  route TEXT NOT NULL CHECK (route IN ('stick', 'read-out', 'safe-boot', 'attached-disk', 'none')), at TEXT NOT NULL, operator TEXT NOT NULL
) STRICT;
`;
