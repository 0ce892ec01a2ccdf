// Reports are of the whole desk, of an incident or of a wave; what one said is kept for each. Older ones are of the whole desk.
export const reportScopes = `
CREATE TABLE report_facts_anew (as_of TEXT NOT NULL, scope TEXT NOT NULL, facts BLOB NOT NULL, PRIMARY KEY (as_of, scope)) STRICT, WITHOUT ROWID;
INSERT INTO report_facts_anew SELECT as_of, '', facts FROM report_facts;
DROP TABLE report_facts;
ALTER TABLE report_facts_anew RENAME TO report_facts;
`;
