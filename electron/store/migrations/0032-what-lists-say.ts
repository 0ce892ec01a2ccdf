// Of every line of a list whether it says that the host is down, and what a person says of a list as a whole.
export const whatListsSay = `
ALTER TABLE host_listings ADD COLUMN says_down INTEGER NOT NULL DEFAULT 0 CHECK (says_down IN (0, 1));
-- As far as it can be told of lists from before: by what they were taken for.
UPDATE host_listings SET says_down = 1 WHERE import_file_id IN (SELECT import_file_id FROM import_files WHERE kind IN ('host-names', 'hosts-json', 'falcon-impacted-csv', 'falcon-hosts-csv', 'hosts-csv'));
UPDATE host_listings SET says_down = 1 WHERE import_file_id IN (SELECT import_file_id FROM import_files WHERE kind IN ('xlsx', 'sqlite'))
  AND EXISTS (SELECT 1 FROM import_files f JOIN host_events e ON e.host_id = host_listings.host_id AND e.kind = 'reported' AND e.subject = f.name WHERE f.import_file_id = host_listings.import_file_id);
ALTER TABLE import_files ADD COLUMN list_said TEXT CHECK (list_said IN ('down', 'inventory'));
ALTER TABLE import_files ADD COLUMN list_said_at TEXT;
ALTER TABLE import_files ADD COLUMN list_said_by TEXT;
`;
