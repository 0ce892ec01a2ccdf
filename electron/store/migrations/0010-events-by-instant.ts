// The overview and reports ask what happened since or until an instant (core/hosts/course.ts, core/reports). Attempts carry their whole record: an index that answers alone spares reading them.
export const eventsByInstant = `
CREATE INDEX host_events_by_at ON host_events (at, kind);
CREATE INDEX attempts_by_import ON attempts (imported_at, outcome, proof, media_id, slot);
`;
