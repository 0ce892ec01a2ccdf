// A computer's place in a directory is an ID of its own: one name in two domains are two machines. SQLite changes no CHECK, so IDs move into a table anew.
const COLUMNS = 'kind, value, host_id, first_file_id, first_row, last_file_id, last_row';

export const directoryNames = `
CREATE TABLE host_ids_anew (
  kind TEXT NOT NULL CHECK (kind IN ('serial-number', 'bios-uuid', 'object-guid', 'sid', 'entra-device-id', 'sensor-id', 'dns-name', 'directory-name', 'key-protector-id')),
  value TEXT NOT NULL, host_id INTEGER NOT NULL REFERENCES hosts ON DELETE CASCADE,
  first_file_id INTEGER REFERENCES import_files, first_row INTEGER NOT NULL, last_file_id INTEGER REFERENCES import_files, last_row INTEGER NOT NULL,
  PRIMARY KEY (kind, value, host_id)
) STRICT, WITHOUT ROWID;
INSERT INTO host_ids_anew (${COLUMNS}) SELECT ${COLUMNS} FROM host_ids;
DROP TABLE host_ids;
ALTER TABLE host_ids_anew RENAME TO host_ids;
CREATE INDEX host_ids_by_host ON host_ids (host_id, kind);
`;
