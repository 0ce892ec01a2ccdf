// When a secret that was shown was read out as well: the same disclosure, from then on by another way.
export const readOut = `
ALTER TABLE disclosures ADD COLUMN spoken_at TEXT;
`;
