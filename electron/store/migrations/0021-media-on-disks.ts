// Which disk a medium was written onto and where on it its sealed bundle lies; which medium was renewed into which; media without a passcode.
export const mediaOnDisks = `
CREATE TABLE media_disks (
  media_id TEXT PRIMARY KEY REFERENCES media, name TEXT, serial TEXT, size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  -- Areas as 'offset+length', blanks between: what is erased when it is wiped, whatever became of its file system meanwhile.
  seal_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX media_disks_by_serial ON media_disks (serial, size_bytes) WHERE serial IS NOT NULL;
ALTER TABLE media ADD COLUMN renewal_of TEXT REFERENCES media;
-- Whoever has a list of key protector IDs can read it.
ALTER TABLE media ADD COLUMN without_passcode INTEGER NOT NULL DEFAULT 0 CHECK (without_passcode IN (0, 1));
-- What a supervisor has ordered and somebody who can read keys carries out: one medium an order.
CREATE TABLE media_orders (
  order_id TEXT PRIMARY KEY, ordered_at TEXT NOT NULL, ordered_by TEXT NOT NULL, why TEXT NOT NULL,
  media_id TEXT REFERENCES media, withdrawn_at TEXT, CHECK (media_id IS NULL OR withdrawn_at IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_orders_open ON media_orders (ordered_at) WHERE media_id IS NULL AND withdrawn_at IS NULL;
`;
