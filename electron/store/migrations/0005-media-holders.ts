// Who has a medium, and since when it is in its state.
export const mediaHolders = `
ALTER TABLE media ADD COLUMN holder TEXT;
ALTER TABLE media ADD COLUMN state_at TEXT;
UPDATE media SET state_at = built_at;
`;
