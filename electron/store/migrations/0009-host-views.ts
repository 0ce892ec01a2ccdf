// Hosts of a site without a look at every host, and filters of the list of hosts that were given a name.
export const hostViews = `
CREATE INDEX hosts_by_site ON hosts (site) WHERE site IS NOT NULL;
-- A view is what stands in the address of the list: states, sites, sorting. Never a secret.
CREATE TABLE host_views (name TEXT PRIMARY KEY COLLATE NOCASE, filter TEXT NOT NULL, saved_at TEXT NOT NULL, saved_by TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;
