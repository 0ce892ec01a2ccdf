// The overview and reports ask what happened since an instant (core/hosts/course.ts).
export const eventsByInstant = 'CREATE INDEX host_events_by_at ON host_events (at, kind);';
