// What people said of the columns of a table that nobody knew, for the next table with this header. Headings only, never a cell of a row.
export const columnMappings = `
CREATE TABLE column_mappings (
  header_key TEXT PRIMARY KEY, header TEXT NOT NULL, fields TEXT NOT NULL, inventory INTEGER NOT NULL CHECK (inventory IN (0, 1)),
  said_by TEXT NOT NULL, said_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
