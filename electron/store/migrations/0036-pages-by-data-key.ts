// Which sealed pages there are, and under which data keys, without reading the pages: they are 4 KiB each, and an undone import asks for all of them.
export const pagesByDataKey = `
CREATE INDEX sealed_pages_by_data_key ON sealed_pages (data_key_id);
`;
