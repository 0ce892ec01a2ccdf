// The facts of every instant that was reported of, gzip over JSON: a report that went out can be made again to the byte, whatever a later list corrected.
export const reportFacts = `
CREATE TABLE report_facts (as_of TEXT PRIMARY KEY, facts BLOB NOT NULL) STRICT, WITHOUT ROWID;
`;
