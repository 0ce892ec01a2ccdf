// An import that was a mistake can be undone: when and by whom stays on its row.
export const importUndo = `
ALTER TABLE imports ADD COLUMN undone_at TEXT;
ALTER TABLE imports ADD COLUMN undone_by TEXT;
`;
