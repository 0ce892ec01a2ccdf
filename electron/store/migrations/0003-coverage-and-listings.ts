// Key coverage without a look at the records themselves, tested keys, keys that wait for the host of their device, and which list named which host.
export const coverageAndListings = `
-- Set when a volume was opened with this record.
ALTER TABLE key_records ADD COLUMN tested_at TEXT;
-- Of a record that came without a host: it goes to the host with this device ID, whichever comes in first.
ALTER TABLE key_records ADD COLUMN entra_device_id TEXT;
DROP INDEX key_records_by_host;
-- The records of a host by their own dates; holds all that key coverage counts.
CREATE INDEX key_records_by_host ON key_records (host_id, created_at);
-- Records of nobody, in their order.
CREATE INDEX key_records_without_host ON key_records (key_record_id) WHERE host_id IS NULL;
CREATE INDEX key_records_tested ON key_records (host_id) WHERE tested_at IS NOT NULL;
CREATE INDEX key_records_of_device ON key_records (entra_device_id) WHERE host_id IS NULL AND entra_device_id IS NOT NULL;
-- Which list named which host: what is in one and not in the other can be said afterwards, too.
CREATE TABLE host_listings (
  import_file_id INTEGER NOT NULL REFERENCES import_files, host_id INTEGER NOT NULL REFERENCES hosts, last_seen_at TEXT,
  PRIMARY KEY (import_file_id, host_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX host_listings_by_host ON host_listings (host_id);
`;
