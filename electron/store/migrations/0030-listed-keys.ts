// Keys that a list names without their recovery passwords (Graph's list never has them): they say that a key exists, and of which device it is.
export const listedKeys = `
CREATE TABLE listed_keys (
  key_protector_id BLOB NOT NULL CHECK (length(key_protector_id) = 16), import_file_id INTEGER NOT NULL REFERENCES import_files, source_row INTEGER NOT NULL,
  host_id INTEGER REFERENCES hosts ON DELETE SET NULL, entra_device_id TEXT, created_at TEXT,
  -- Of one key the first and the last list that names it.
  PRIMARY KEY (key_protector_id, import_file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_keys_by_host ON listed_keys (host_id) WHERE host_id IS NOT NULL;
CREATE INDEX listed_keys_by_device ON listed_keys (entra_device_id) WHERE entra_device_id IS NOT NULL;
CREATE INDEX listed_keys_by_file ON listed_keys (import_file_id);
ALTER TABLE import_files ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
`;
