// Which process runs an import: one that was cut off is told from one that another process is at.
export const processOfAnImport = `
ALTER TABLE imports ADD COLUMN process TEXT;
`;
