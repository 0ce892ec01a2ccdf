// The kept projection of the overview: where hosts stand, what every hour brought and who worked, counted by triggers in the transactions of the events themselves
// (core/hosts/course*.ts). A desk that is older gets it told from its events.
import { tellSteps } from '../../core/hosts/course-steps.ts';
import type { Database } from '../database.ts';

/** Said to be down, and neither repaired nor at its end. */
export const isOpen = (row: string): string => `(${row}.state IN ('reported', 'ready', 'blocked', 'in-progress'))`;
const kind = (row: string): string => `CASE WHEN coalesce(${row}.operating_system, '') = '' THEN 'unknown' WHEN ${row}.operating_system LIKE '%server%' THEN 'server' ELSE 'client' END`;
const wave = (host: string): string => `coalesce((SELECT wave_id FROM wave_members WHERE host_id = ${host}), 0)`;
/** Site, kind, wave, state and reason of a host, in the order of the key of host_counts. */
export const key = (row: string, itsWave = wave(`${row}.host_id`)): string => `coalesce(${row}.site, ''), ${kind(row)}, ${itsWave}, ${row}.state, coalesce(${row}.blocked_reason, ${row}.closed_as, '')`;
export const COUNTS = 'host_counts (site, kind, wave_id, state, reason, hosts)';
export const countIn = (values: string): string => `INSERT INTO ${COUNTS} VALUES (${values}, 1) ON CONFLICT DO UPDATE SET hosts = hosts + 1;`;
const countOut = (values: string): string => `UPDATE host_counts SET hosts = hosts - 1 WHERE (site, kind, wave_id, state, reason) = (${values});`;

export const STEPS = ['down', 'done', 'blocked', 'unblocked', 'repaired', 'verified'] as const;
export const adding = `ON CONFLICT DO UPDATE SET ${STEPS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`;
export const INTO_HOURS = `INSERT INTO course_hours (hour, site, wave_id, ${STEPS.join(', ')})`;
/** Every step of a host, from one place of the counts to another. */
const moveSteps = (sign: '+' | '-', host: string, site: string, itsWave: string): string =>
  `${INTO_HOURS} SELECT substr(at, 1, 13), coalesce(${site}, ''), ${itsWave}, ${STEPS.map((name) => `${sign}sum(${name})`).join(', ')} FROM host_steps WHERE host_id = ${host} GROUP BY 1 ${adding};`;
/** The change of a host's state as a step, by the host and by the hour. */
export const step = (values: string, when: string, number: string, itsWave: string): string => `
  INSERT INTO host_steps SELECT NEW.host_id, ${number}, NEW.state_at, ${values} WHERE ${when};
  ${INTO_HOURS} SELECT substr(NEW.state_at, 1, 13), coalesce(NEW.site, ''), ${itsWave}, ${values} WHERE ${when} ${adding};`;
/** Taken before the steps go: since when it has been down. */
const closeOpen = (host: string): string => `DELETE FROM hosts_open WHERE host_id = ${host} AND since = (SELECT max(at) FROM host_steps WHERE host_id = ${host} AND down = 1)`;

/** Whose work an event is: the technician's whose slot wrote the record, or the operator's who said it. What a list says is nobody's work; a claim is nobody's word. */
const isWork = (row: string): string => `(${row}.kind = 'attempt' OR (${row}.kind <> 'reported' AND ${row}.subject IS NULL))`;
const work = (row: string, site: string, sign: '' | '-'): string => `SELECT substr(${row}.at, 1, 13), ${site}, coalesce(s.technician, ${row}.operator, ''),
    ${sign}1, ${sign}(${row}.kind = 'attempt' AND coalesce(a.outcome = 'repaired', 0)), ${sign}(${row}.kind = 'verified')
   FROM (SELECT 1) LEFT JOIN attempts a ON ${row}.kind = 'attempt' AND a.attempt_id = ${row}.subject LEFT JOIN media_slots s ON s.media_id = a.media_id AND s.slot = a.slot
  WHERE ${isWork(row)} AND coalesce(a.proof, '') <> 'claim'`;
const WORK = 'work_hours (hour, site, who, acts, repaired, verified)';
const addWork = (row: string, site: string, sign: '' | '-'): string =>
  `INSERT INTO ${WORK} ${work(row, site, sign)} ON CONFLICT DO UPDATE SET acts = acts + excluded.acts, repaired = repaired + excluded.repaired, verified = verified + excluded.verified;`;
const siteOf = (host: string): string => `coalesce((SELECT site FROM hosts WHERE host_id = ${host}), '')`;
const moveWork = (host: string, site: string, sign: '' | '-'): string =>
  `INSERT INTO ${WORK} SELECT substr(e.at, 1, 13), coalesce(${site}, ''), coalesce(s.technician, e.operator, ''), ${sign}count(*), ${sign}sum(e.kind = 'attempt' AND coalesce(a.outcome = 'repaired', 0)), ${sign}sum(e.kind = 'verified')
     FROM host_events e LEFT JOIN attempts a ON e.kind = 'attempt' AND a.attempt_id = e.subject LEFT JOIN media_slots s ON s.media_id = a.media_id AND s.slot = a.slot
    WHERE e.host_id = ${host} AND ${isWork('e')} AND coalesce(a.proof, '') <> 'claim' GROUP BY 1, 3
    ON CONFLICT DO UPDATE SET acts = acts + excluded.acts, repaired = repaired + excluded.repaired, verified = verified + excluded.verified;`;

const TABLES = `
-- How many hosts stand where. Site and reason are '' where there is none, the wave is 0: a key has no NULL.
CREATE TABLE host_counts (
  site TEXT NOT NULL, kind TEXT NOT NULL, wave_id INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, hosts INTEGER NOT NULL, PRIMARY KEY (site, kind, wave_id, state, reason)
) STRICT, WITHOUT ROWID;
-- Each change of a host's standing that is a step of the course; of down and done, blocked and unblocked a host has as many as it takes to stand where it stands.
CREATE TABLE host_steps (
  host_id INTEGER NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, ${STEPS.map((name) => `${name} INTEGER NOT NULL`).join(', ')}, PRIMARY KEY (host_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE course_hours (
  hour TEXT NOT NULL, site TEXT NOT NULL, wave_id INTEGER NOT NULL, ${STEPS.map((name) => `${name} INTEGER NOT NULL`).join(', ')}, PRIMARY KEY (hour, site, wave_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE work_hours (
  hour TEXT NOT NULL, site TEXT NOT NULL, who TEXT NOT NULL, acts INTEGER NOT NULL, repaired INTEGER NOT NULL, verified INTEGER NOT NULL, PRIMARY KEY (hour, site, who)
) STRICT, WITHOUT ROWID;
-- Since when a host that is down has been down.
CREATE TABLE hosts_open (since TEXT NOT NULL, host_id INTEGER NOT NULL, PRIMARY KEY (since, host_id)) STRICT, WITHOUT ROWID;
`;

const STEP_TRIGGERS = `
CREATE TRIGGER host_steps_taken_back AFTER DELETE ON host_steps BEGIN
  ${INTO_HOURS} VALUES (substr(OLD.at, 1, 13), coalesce((SELECT site FROM hosts WHERE host_id = OLD.host_id), ''), ${wave('OLD.host_id')}, ${STEPS.map((name) => `-OLD.${name}`).join(', ')}) ${adding};
END;
`;

const TRIGGERS = `
CREATE TRIGGER hosts_counted_in AFTER INSERT ON hosts BEGIN ${countIn(key('NEW', '0'))} END;
CREATE TRIGGER hosts_down_at_once AFTER INSERT ON hosts WHEN NEW.state <> 'known' BEGIN
  ${step(`${isOpen('NEW')}, 0, NEW.state = 'blocked', 0, NEW.state = 'repaired', NEW.state = 'verified'`, "NEW.state <> 'closed'", '1', '0')}
  INSERT INTO hosts_open SELECT NEW.state_at, NEW.host_id WHERE ${isOpen('NEW')};
END;
CREATE TRIGGER hosts_moved AFTER UPDATE OF state, blocked_reason, closed_as, site, operating_system ON hosts
  WHEN (OLD.state, OLD.blocked_reason, OLD.closed_as, OLD.site, OLD.operating_system) IS NOT (NEW.state, NEW.blocked_reason, NEW.closed_as, NEW.site, NEW.operating_system) BEGIN
  ${countOut(key('OLD'))}
  ${countIn(key('NEW'))}
END;
CREATE TRIGGER hosts_stepped AFTER UPDATE OF state ON hosts WHEN OLD.state <> NEW.state AND NEW.state <> 'known' BEGIN
  ${step(`${isOpen('NEW')} AND NOT ${isOpen('OLD')}, ${isOpen('OLD')} AND NOT ${isOpen('NEW')}, NEW.state = 'blocked', OLD.state = 'blocked', NEW.state = 'repaired', NEW.state = 'verified'`,
    `(${isOpen('NEW')} <> ${isOpen('OLD')} OR 'blocked' IN (OLD.state, NEW.state) OR NEW.state IN ('repaired', 'verified'))`, '1 + coalesce((SELECT max(number) FROM host_steps WHERE host_id = NEW.host_id), 0)', wave('NEW.host_id'))}
  INSERT INTO hosts_open SELECT NEW.state_at, NEW.host_id WHERE ${isOpen('NEW')} AND NOT ${isOpen('OLD')};
  ${closeOpen('NEW.host_id')} AND NOT ${isOpen('NEW')};
END;
-- Nobody says any more that it was down: an import was undone.
CREATE TRIGGER hosts_known_again AFTER UPDATE OF state ON hosts WHEN OLD.state <> NEW.state AND NEW.state = 'known' BEGIN
  ${closeOpen('NEW.host_id')};
  DELETE FROM host_steps WHERE host_id = NEW.host_id;
END;
CREATE TRIGGER hosts_moved_site AFTER UPDATE OF site ON hosts WHEN OLD.site IS NOT NEW.site BEGIN
  ${moveSteps('-', 'NEW.host_id', 'OLD.site', wave('NEW.host_id'))}
  ${moveSteps('+', 'NEW.host_id', 'NEW.site', wave('NEW.host_id'))}
  ${moveWork('NEW.host_id', 'OLD.site', '-')}
  ${moveWork('NEW.host_id', 'NEW.site', '')}
END;
CREATE TRIGGER hosts_counted_out BEFORE DELETE ON hosts BEGIN
  DELETE FROM wave_members WHERE host_id = OLD.host_id;
  ${closeOpen('OLD.host_id')};
  DELETE FROM host_steps WHERE host_id = OLD.host_id;
  ${countOut(key('OLD'))}
END;
CREATE TRIGGER wave_members_in AFTER INSERT ON wave_members BEGIN
  INSERT INTO ${COUNTS} SELECT ${key('h', '0')}, -1 FROM hosts h WHERE host_id = NEW.host_id ON CONFLICT DO UPDATE SET hosts = hosts - 1;
  INSERT INTO ${COUNTS} SELECT ${key('h', 'NEW.wave_id')}, 1 FROM hosts h WHERE host_id = NEW.host_id ON CONFLICT DO UPDATE SET hosts = hosts + 1;
  ${moveSteps('-', 'NEW.host_id', siteOf('NEW.host_id'), '0')}
  ${moveSteps('+', 'NEW.host_id', siteOf('NEW.host_id'), 'NEW.wave_id')}
END;
CREATE TRIGGER wave_members_moved AFTER UPDATE OF wave_id ON wave_members WHEN OLD.wave_id <> NEW.wave_id BEGIN
  INSERT INTO ${COUNTS} SELECT ${key('h', 'OLD.wave_id')}, -1 FROM hosts h WHERE host_id = NEW.host_id ON CONFLICT DO UPDATE SET hosts = hosts - 1;
  INSERT INTO ${COUNTS} SELECT ${key('h', 'NEW.wave_id')}, 1 FROM hosts h WHERE host_id = NEW.host_id ON CONFLICT DO UPDATE SET hosts = hosts + 1;
  ${moveSteps('-', 'NEW.host_id', siteOf('NEW.host_id'), 'OLD.wave_id')}
  ${moveSteps('+', 'NEW.host_id', siteOf('NEW.host_id'), 'NEW.wave_id')}
END;
CREATE TRIGGER wave_members_out AFTER DELETE ON wave_members BEGIN
  INSERT INTO ${COUNTS} SELECT ${key('h', 'OLD.wave_id')}, -1 FROM hosts h WHERE host_id = OLD.host_id ON CONFLICT DO UPDATE SET hosts = hosts - 1;
  INSERT INTO ${COUNTS} SELECT ${key('h', '0')}, 1 FROM hosts h WHERE host_id = OLD.host_id ON CONFLICT DO UPDATE SET hosts = hosts + 1;
  ${moveSteps('-', 'OLD.host_id', siteOf('OLD.host_id'), 'OLD.wave_id')}
  ${moveSteps('+', 'OLD.host_id', siteOf('OLD.host_id'), '0')}
END;
CREATE TRIGGER host_events_worked AFTER INSERT ON host_events WHEN ${isWork('NEW')} BEGIN ${addWork('NEW', siteOf('NEW.host_id'), '')} END;
CREATE TRIGGER host_events_undone AFTER DELETE ON host_events WHEN ${isWork('OLD')} BEGIN ${addWork('OLD', siteOf('OLD.host_id'), '-')} END;
CREATE TRIGGER host_events_passed_on AFTER UPDATE OF host_id ON host_events WHEN ${isWork('NEW')} BEGIN
  ${addWork('OLD', siteOf('OLD.host_id'), '-')}
  ${addWork('NEW', siteOf('NEW.host_id'), '')}
END;
`;

/** What the triggers keep, told anew from hosts, their steps and their events: for a desk from before, and for the test that holds both against each other. */
export const KEPT_FROM_STEPS = {
  host_counts: `SELECT ${key('h')}, count(*) AS hosts FROM hosts h GROUP BY 1, 2, 3, 4, 5`,
  course_hours: `SELECT substr(s.at, 1, 13) AS hour, coalesce(h.site, '') AS site, ${wave('h.host_id')} AS wave_id, ${STEPS.map((name) => `sum(s.${name}) AS ${name}`).join(', ')} FROM host_steps s JOIN hosts h USING (host_id) GROUP BY 1, 2, 3`,
  work_hours: `SELECT substr(e.at, 1, 13) AS hour, coalesce(h.site, '') AS site, coalesce(s.technician, e.operator, '') AS who, count(*) AS acts,
      sum(e.kind = 'attempt' AND coalesce(a.outcome = 'repaired', 0)) AS repaired, sum(e.kind = 'verified') AS verified
    FROM host_events e JOIN hosts h USING (host_id) LEFT JOIN attempts a ON e.kind = 'attempt' AND a.attempt_id = e.subject LEFT JOIN media_slots s ON s.media_id = a.media_id AND s.slot = a.slot
    WHERE ${isWork('e')} AND coalesce(a.proof, '') <> 'claim' GROUP BY 1, 2, 3`,
  hosts_open: `SELECT max(s.at) AS since, h.host_id FROM hosts h JOIN host_steps s ON s.host_id = h.host_id AND s.down = 1 WHERE ${isOpen('h')} GROUP BY h.host_id`,
} as const;

/** Tables; of an older desk the steps from its events and the counts from them; triggers from then on. */
export function keptCourse(db: Database): void {
  db.exec(TABLES);
  const step = db.prepare(`INSERT INTO host_steps VALUES (?, ?, ?, ${STEPS.map(() => '?').join(', ')})`);
  for (const { hostId, number, at, down, done, blocked, unblocked, repaired, verified } of tellSteps(db)) step.run(hostId, number, at, down, done, blocked, unblocked, repaired, verified);
  for (const [table, select] of Object.entries(KEPT_FROM_STEPS)) db.exec(`INSERT INTO ${table} ${select}`);
  db.exec(STEP_TRIGGERS);
  db.exec(TRIGGERS);
}
