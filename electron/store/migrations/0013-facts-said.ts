// When the row that gave each fact of a host saw it (core/hosts/newest-facts): a newer list corrects an older one, and never the other way round.
export const factsSaid = `
ALTER TABLE hosts ADD COLUMN facts_said TEXT;
`;
