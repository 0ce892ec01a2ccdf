// What tells that two names are one machine, or one name two; and what supervisors decided about it.
export const hostIds = `
-- Every ID a source gives of a host, with the first and the last row that does. Two hosts with one value, or one host with two values of a kind: a question for a supervisor.
-- A key protector ID stands here only when several hosts were named as its owner. Without a file: known before this table was.
CREATE TABLE host_ids (
  kind TEXT NOT NULL CHECK (kind IN ('serial-number', 'bios-uuid', 'object-guid', 'sid', 'entra-device-id', 'sensor-id', 'dns-name', 'key-protector-id')),
  value TEXT NOT NULL, host_id INTEGER NOT NULL REFERENCES hosts ON DELETE CASCADE,
  first_file_id INTEGER REFERENCES import_files, first_row INTEGER NOT NULL, last_file_id INTEGER REFERENCES import_files, last_row INTEGER NOT NULL,
  PRIMARY KEY (kind, value, host_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX host_ids_by_host ON host_ids (host_id, kind);
INSERT INTO host_ids SELECT 'serial-number', upper(trim(serial_number)), host_id, import_file_id, 0, import_file_id, 0 FROM hosts WHERE length(trim(serial_number)) >= 4;
INSERT INTO host_ids SELECT 'entra-device-id', entra_device_id, host_id, import_file_id, 0, import_file_id, 0 FROM hosts WHERE entra_device_id IS NOT NULL;
INSERT INTO host_ids SELECT 'dns-name', dns_name, host_id, import_file_id, 0, import_file_id, 0 FROM hosts WHERE dns_name IS NOT NULL;

-- Also of records that have a host: which one it is may turn out to be another, when a second host has the device.
DROP INDEX key_records_of_device;
CREATE INDEX key_records_of_device ON key_records (entra_device_id) WHERE entra_device_id IS NOT NULL;

-- Further devices for which one key was escrowed: a computer that was registered again.
CREATE TABLE key_devices (
  entra_device_id TEXT NOT NULL, key_record_id INTEGER NOT NULL REFERENCES key_records ON DELETE CASCADE, PRIMARY KEY (entra_device_id, key_record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_devices_by_record ON key_devices (key_record_id);

-- Closed as a duplicate of another: whatever comes in under its name is that one's.
ALTER TABLE hosts ADD COLUMN joined_into INTEGER REFERENCES hosts;
CREATE INDEX hosts_joined ON hosts (joined_into) WHERE joined_into IS NOT NULL;
-- joined: other_host_id has become host_id. apart: two hosts, whatever they share. one-host: the IDs of host_id differ and it is one all the same, as long as there are no more of them.
CREATE TABLE host_decisions (
  decision_id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('joined', 'apart', 'one-host')),
  host_id INTEGER NOT NULL REFERENCES hosts ON DELETE CASCADE, other_host_id INTEGER REFERENCES hosts ON DELETE CASCADE, values_seen INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL, operator TEXT NOT NULL, reason TEXT NOT NULL, undone_at TEXT, undone_by TEXT,
  -- Where both stood before they were joined, and where the kept one stood after.
  state TEXT, blocked_reason TEXT, closed_as TEXT, other_state TEXT, other_blocked_reason TEXT, other_closed_as TEXT,
  CHECK ((kind = 'one-host') = (other_host_id IS NULL)), CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT;
CREATE INDEX host_decisions_by_host ON host_decisions (host_id);
CREATE INDEX host_decisions_by_other ON host_decisions (other_host_id) WHERE other_host_id IS NOT NULL;
-- What went from one host to the other, so that it can go back.
CREATE TABLE host_decision_moves (
  decision_id INTEGER NOT NULL REFERENCES host_decisions ON DELETE CASCADE,
  thing TEXT NOT NULL CHECK (thing IN ('key-record', 'attempt', 'event', 'listing', 'id', 'tag', 'wave', 'kept-off')), what TEXT NOT NULL,
  PRIMARY KEY (decision_id, thing, what)
) STRICT, WITHOUT ROWID;
`;
