// The long lists of reports are kept apart from the figures of their instant: most kinds print none. What was kept before holds both.
export const reportLists = `
CREATE TABLE report_lists (as_of TEXT NOT NULL, scope TEXT NOT NULL, kind TEXT NOT NULL, list BLOB NOT NULL, PRIMARY KEY (as_of, scope, kind)) STRICT, WITHOUT ROWID;
`;
