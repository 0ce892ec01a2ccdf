// Lists of hosts whose lines were let go to keep the store within bounds (core/hosts/prune-listings): they can be held against nothing any more.
export const listingsBound = `
ALTER TABLE import_files ADD COLUMN listings_pruned_at TEXT;
`;
