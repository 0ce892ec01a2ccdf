// What belongs to a host goes to another, thing by thing on record, and back.
import type { Database } from '../../store/database.ts';

type Thing = 'key-record' | 'attempt' | 'event' | 'listing' | 'id' | 'tag' | 'wave' | 'kept-off' | 'technician' | 'route';

/** Call it in the transaction of the decision. Rows: key_records, attempts, host_events, host_listings, host_ids, host_tags, wave_members, hosts_kept_off, host_assignments, host_routes, host_decision_moves. */
export function moveOver(db: Database, decisionId: number, from: number, to: number): void {
  const write = db.prepare('INSERT INTO host_decision_moves (decision_id, thing, what) VALUES (?, ?, ?)');
  const note = (thing: Thing, what: string | number): void => { write.run(decisionId, thing, String(what)); };
  const each = <T>(sql: string, ...values: readonly (number | string)[]): T[] => db.prepare<unknown[], T>(sql).all(...values);
  for (const { id } of each<{ id: number }>('UPDATE key_records SET host_id = ? WHERE host_id = ? RETURNING key_record_id AS id', to, from)) note('key-record', id);
  for (const { id } of each<{ id: string }>('UPDATE attempts SET host_id = ? WHERE host_id = ? RETURNING attempt_id AS id', to, from)) note('attempt', id);
  for (const { id } of each<{ id: number }>("UPDATE host_events SET host_id = ? WHERE host_id = ? AND kind = 'attempt' RETURNING host_event_id AS id", to, from)) note('event', id);
  // Where a list names both, each keeps its line.
  for (const { id } of each<{ id: number }>('UPDATE OR IGNORE host_listings SET host_id = ? WHERE host_id = ? RETURNING import_file_id AS id', to, from)) note('listing', id);
  const has = db.prepare('SELECT 1 FROM host_ids WHERE kind = ? AND value = ? AND host_id = ?');
  const drop = db.prepare('DELETE FROM host_ids WHERE kind = ? AND value = ? AND host_id = ?');
  const pass = db.prepare('UPDATE host_ids SET host_id = ? WHERE kind = ? AND value = ? AND host_id = ?');
  for (const { kind, value, said } of each<{ kind: string; value: string; said: string }>(`SELECT kind, value, ${SAID} AS said FROM host_ids WHERE host_id = ?`, from)) {
    const isCommon = has.get(kind, value, to) !== undefined;
    if (isCommon) drop.run(kind, value, from);
    else pass.run(to, kind, value, from);
    note('id', [kind, value, ...(isCommon ? [said] : [])].join('\t'));
  }
  // What people entered about the one holds for the other; it stays where it was, too.
  for (const { tag } of each<{ tag: string }>('INSERT OR IGNORE INTO host_tags (tag, host_id) SELECT tag, ? FROM host_tags WHERE host_id = ? RETURNING tag', to, from)) note('tag', tag);
  for (const { wave } of each<{ wave: number }>('INSERT OR IGNORE INTO wave_members (host_id, wave_id) SELECT ?, wave_id FROM wave_members WHERE host_id = ? RETURNING wave_id AS wave', to, from)) note('wave', wave);
  for (const _ of each('INSERT OR IGNORE INTO hosts_kept_off (host_id, reason, at, operator) SELECT ?, reason, at, operator FROM hosts_kept_off WHERE host_id = ? RETURNING host_id', to, from)) note('kept-off', 1);
  for (const { technician } of each<{ technician: string }>('INSERT OR IGNORE INTO host_assignments (host_id, technician, at, operator) SELECT ?, technician, at, operator FROM host_assignments WHERE host_id = ? RETURNING technician', to, from)) note('technician', technician);
  for (const { route } of each<{ route: string }>('INSERT OR IGNORE INTO host_routes (host_id, route, at, operator) SELECT ?, route, at, operator FROM host_routes WHERE host_id = ? RETURNING route', to, from)) note('route', route);
}

/** The other way, for what is still where it went. */
export function giveBack(db: Database, decisionId: number, from: number, to: number): void {
  const back: Readonly<Record<Thing, (what: string) => void>> = {
    'key-record': (what) => { db.prepare('UPDATE key_records SET host_id = ? WHERE key_record_id = ? AND host_id = ?').run(to, Number(what), from); },
    attempt: (what) => { db.prepare('UPDATE attempts SET host_id = ? WHERE attempt_id = ? AND host_id = ?').run(to, what, from); },
    event: (what) => { db.prepare('UPDATE host_events SET host_id = ? WHERE host_event_id = ? AND host_id = ?').run(to, Number(what), from); },
    listing: (what) => { db.prepare('UPDATE OR IGNORE host_listings SET host_id = ? WHERE import_file_id = ? AND host_id = ?').run(to, Number(what), from); },
    id: (what) => {
      const [kind = '', value = '', said] = what.split('\t');
      if (said === undefined) db.prepare('UPDATE OR IGNORE host_ids SET host_id = ? WHERE kind = ? AND value = ? AND host_id = ?').run(to, kind, value, from);
      else db.prepare('INSERT OR IGNORE INTO host_ids VALUES (?, ?, ?, ?, ?, ?, ?)').run(kind, value, to, ...said.split(' ').map((number) => (number === '-' ? null : Number(number))));
    },
    tag: (what) => { db.prepare('DELETE FROM host_tags WHERE tag = ? AND host_id = ?').run(what, from); },
    wave: (what) => { db.prepare('DELETE FROM wave_members WHERE host_id = ? AND wave_id = ?').run(from, Number(what)); },
    technician: (what) => { db.prepare('DELETE FROM host_assignments WHERE host_id = ? AND technician = ?').run(from, what); },
    route: (what) => { db.prepare('DELETE FROM host_routes WHERE host_id = ? AND route = ?').run(from, what); },
    'kept-off': () => { db.prepare('DELETE FROM hosts_kept_off WHERE host_id = ?').run(from); },
  };
  for (const { thing, what } of db.prepare<[number], { thing: Thing; what: string }>('SELECT thing, what FROM host_decision_moves WHERE decision_id = ?').all(decisionId)) back[thing](what);
}

/** Of an ID that both had: by which rows the one that goes was known. */
const SAID = "coalesce(first_file_id, '-') || ' ' || first_row || ' ' || coalesce(last_file_id, '-') || ' ' || last_row";
