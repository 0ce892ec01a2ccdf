// When a key record came in is when its import began: said once, of the import, and no longer in a quarter of every record.
export const keysTimedByImport = `
ALTER TABLE key_records DROP COLUMN imported_at;
`;
