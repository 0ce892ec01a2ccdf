// What attempts came to, by host and by ID, without reading their records: those are some kilobytes each, and a report looks at all of them.
export const attemptsTold = `
DROP INDEX attempts_by_import;
CREATE INDEX attempts_by_import ON attempts (imported_at, outcome, proof, media_id, slot, host_id);
CREATE INDEX attempts_by_id ON attempts (attempt_id, outcome, proof, blocked_reason);
`;
