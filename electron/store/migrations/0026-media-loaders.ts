// What starts a medium, one row a partition: who signed its loader, and how new it is.
export const mediaLoaders = `
CREATE TABLE media_loaders (
  media_id TEXT NOT NULL REFERENCES media, place INTEGER NOT NULL CHECK (place BETWEEN 1 AND 2),
  -- Codes of Microsoft's authorities with blanks between; empty when it is signed under none of them.
  signed_under TEXT NOT NULL, security_version TEXT, PRIMARY KEY (media_id, place)
) STRICT, WITHOUT ROWID;
`;
