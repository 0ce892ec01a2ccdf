// Every number of the seven reports, recomputed by SQL that shares nothing with the reports: from the rows as they stood at the moment the report is of.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportCodes } from '../../../electron/api/report-codes.ts';
import { BLOCKED_REASONS, HOST_STATES, REPORT_KINDS, type BlockedReason, type DisclosureWay, type HostState, type ReportKind } from '../../../electron/core/codes.ts';
import { makeReport } from '../../../electron/core/reports/make-report.ts';
import { reportCsv } from '../../../electron/core/reports/report-document.ts';
import type { Database } from '../../../electron/store/database.ts';
import type { TestDesk } from '../remediation/test-desk.ts';
import { readReportFacts } from './report-facts-of.ts';
import { anyCourse, forwardCourse, happen, instantOf, openCourse } from './any-course.ts';

const codes = reportCodes('en');
const DOWN = "state IN ('reported', 'ready', 'blocked', 'in-progress')";
const AFFECTED = "state <> 'known' AND coalesce(closed_as, '') NOT IN ('not-affected', 'duplicate')";
const KIND = "CASE WHEN coalesce(operating_system, '') = '' THEN 'unknown' WHEN lower(operating_system) LIKE '%server%' THEN 'server' ELSE 'client' END";
const ID = "CASE WHEN k.key_protector_id IS NULL THEN '' ELSE substr(hex(k.key_protector_id), 1, 8) || '-' || substr(hex(k.key_protector_id), 9, 4) || '-' || substr(hex(k.key_protector_id), 13, 4) || '-' || substr(hex(k.key_protector_id), 17, 4) || '-' || substr(hex(k.key_protector_id), 21) END";

/** Heading, what is said under it, and the rows of its list. */
type Said = readonly [heading: string, facts: readonly (readonly [string, string])[], rows: readonly (readonly (string | number)[])[]];
/** When hosts became repaired and verified, as somebody saw who looked after every act. */
interface Seen { readonly state: Map<number, HostState>; readonly repaired: Map<number, number>; readonly verified: Map<number, number> }

function look(desk: TestDesk, seen: Seen): void {
  for (const { id, state } of desk.db.prepare<[], { id: number; state: HostState }>('SELECT host_id AS id, state FROM hosts').all()) {
    if (seen.state.get(id) !== state && state === 'repaired') seen.repaired.set(id, desk.clock());
    if (seen.state.get(id) !== state && state === 'verified') seen.verified.set(id, desk.clock());
    seen.state.set(id, state);
  }
  // Nobody says any more that it was down: what it went through since is not told either.
  for (const [id, state] of seen.state) if (state === 'known' || desk.db.prepare('SELECT 1 FROM hosts WHERE host_id = ?').get(id) === undefined) for (const steps of [seen.repaired, seen.verified]) steps.delete(id);
}

function expected({ db, clock }: TestDesk, kind: ReportKind, seen: Seen): Said[] {
  const number = (sql: string): number => Number(db.prepare(sql).pluck().get() ?? 0);
  const text = (sql: string): string | null => db.prepare(sql).pluck().get() as string | null; // one column of text
  const rows = <T>(sql: string): T[] => db.prepare<[], T>(sql).all();
  const hosts = (where: string): string => String(number(`SELECT count(*) FROM hosts WHERE ${where}`));
  const lately = (steps: Map<number, number>): number => [...steps.values()].filter((at) => at > clock() - 3_600_000).length;
  const now = new Date(clock()).toISOString();
  const twelveHoursAgo = new Date(clock() - 12 * 3_600_000).toISOString();

  const group: Said = ['Hosts', [['Hosts', hosts('1')], ['Affected', hosts(AFFECTED)], ['Still down', hosts(DOWN)], ['Repaired, not yet seen running', hosts("state = 'repaired'")], ['Verified', hosts("state = 'verified'")], ['Closed', hosts("state = 'closed'")], ['In the last hour', `Repaired ${lately(seen.repaired)}, Verified ${lately(seen.verified)}`]], []];
  const listed = (heading: string, list: Said[2], facts: Said[1] = []): Said => [heading, list.length === 0 ? [...facts, [heading, 'Nothing']] : facts, list];
  const blocked = listed('What blocks hosts', rows<{ reason: BlockedReason; n: number }>("SELECT blocked_reason AS reason, count(*) AS n FROM hosts WHERE state = 'blocked' GROUP BY 1").toSorted((one, other) => BLOCKED_REASONS.indexOf(one.reason) - BLOCKED_REASONS.indexOf(other.reason)).map(({ reason, n }) => [codes.blockedReason(reason), n]));
  const open = "(SELECT count(*) FROM rotations WHERE state <> 'confirmed') + (SELECT count(*) FROM laps_rotations WHERE state <> 'confirmed')";
  const confirmed = "(SELECT count(*) FROM rotations WHERE state = 'confirmed') + (SELECT count(*) FROM laps_rotations WHERE state = 'confirmed')";
  const asked = "(SELECT count(*) FROM rotations WHERE state = 'asked') + (SELECT count(*) FROM laps_rotations WHERE state = 'asked')";
  const [opened, askedFor, closed] = [String(number(`SELECT ${open}`)), String(number(`SELECT ${asked}`)), String(number(`SELECT ${confirmed}`))];
  const disclosed = String(number('SELECT count(*) FROM disclosures'));
  const media = String(number('SELECT count(*) FROM media'));
  const OUT = "state IN ('built', 'issued')";
  const first = text("SELECT min(at) FROM host_events WHERE kind = 'reported'");
  const last = text("SELECT max(at) FROM host_events WHERE kind = 'verified'");
  const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${String(Math.round((part / whole) * 1000) / 10)} %`);
  const machines = (heading: string): Said => [heading, [], (['server', 'client', 'unknown'] as const).map((machine) => {
    const count = (where: string): number => number(`SELECT count(*) FROM hosts WHERE ${KIND} = '${machine}' AND ${where}`);
    return [{ server: 'Servers', client: 'Clients', unknown: 'System unknown' }[machine], count('1'), count(AFFECTED), share(count(AFFECTED), count('1')), count(DOWN), count("state = 'repaired'"), count("state = 'verified'")];
  })];
  const course: Said[1] = [['First host reported down', first ?? 'not yet'], ['Most recent host seen running again', last ?? 'not yet'],
    ...(first === null || last === null ? [] : [['Hours between', Number(hosts(DOWN)) > 0 ? 'not over yet' : ((Date.parse(last) - Date.parse(first)) / 3_600_000).toFixed(1)] as const])];
  const effort: Said[1] = [['Attempts at hosts', String(number('SELECT count(*) FROM attempts'))], ['of these repaired', String(number("SELECT count(*) FROM attempts WHERE outcome = 'repaired' AND proof IN ('signed', 'unsigned')"))],
    ['Technicians with results', String(number('SELECT count(DISTINCT technician) FROM attempts JOIN media_slots USING (media_id, slot)'))]];
  const measures: Said[1] = [['Media built', media], ['Disclosures', disclosed], ['Rotations confirmed', closed]];
  const tally = (values: readonly string[]): [string, string][] => [...new Set(values)].map((value): [string, number] => [value, values.filter((one) => one === value).length]).sort(([one, a], [other, b]) => b - a || one.localeCompare(other, 'en')).map(([value, n]) => [value, String(n)]);
  const ways = rows<{ way: DisclosureWay; operator: string }>("SELECT iif(spoken_at IS NULL, way, 'spoken') AS way, operator FROM disclosures ORDER BY disclosure_id");
  const early: Said[1] = [['First host reported down', first ?? 'not yet'], ['Hosts affected', hosts(AFFECTED)]];

  switch (kind) {
    case 'situation': return [group,
      ['Hosts by state', [], HOST_STATES.map((state) => [codes.hostState(state), Number(hosts(`state = '${state}'`))])], blocked,
      ['By site', [], rows<{ site: string | null; n: number; affected: number; down: number; repaired: number; verified: number }>(`SELECT site, count(*) AS n, sum(${AFFECTED}) AS affected, sum(${DOWN}) AS down, sum(state = 'repaired') AS repaired, sum(state = 'verified') AS verified FROM hosts GROUP BY site ORDER BY down DESC, site IS NULL, site`)
        .map(({ site, n, affected, down, repaired, verified }) => [site ?? 'no site', n, affected, down, repaired, verified])],
      ['Keys and rotation', [['Key records', String(number('SELECT count(*) FROM key_records'))], ['Still down without a key', hosts(`${DOWN} AND host_id NOT IN (SELECT host_id FROM key_records WHERE host_id IS NOT NULL)`)], ['Disclosures', disclosed], ['Rotations open', opened], ['of these asked for', askedFor], ['Rotations confirmed', closed], ['Media built', media], ['Media not back', String(number(`SELECT count(*) FROM media WHERE ${OUT}`))]], []]];
    case 'extent': return [machines('Servers and clients'), ['Course', course, []], ['Effort', effort, []], ['Consequences', [], []], ['Measures', measures, []]];
    case 'nis2': return [['Early warning, 24 hours', early, []], machines('Notification, 72 hours'), group, blocked, ['Final report, one month', [...course, ...effort, ...measures], []]];
    case 'dora': return [['Initial notification, 4 hours after classification', early, []], machines('Intermediate report, 72 hours'), ['Final report, one month', [...course, ...effort, ...measures], []]];
    case 'disclosures': return [
      ['By way', [['Count', disclosed], ...tally(ways.map(({ way }) => way)).map(([way, n]) => [codes.disclosureWay(way), n] as const)], []], ['By operator', tally(ways.map(({ operator }) => operator)), []],
      listed('List', rows<{ at: string; id: string; host: string | null; reason: string; ticket: string | null; way: DisclosureWay; operator: string; media: string | null; n: number; laps: number }>(
        `SELECT d.at, ${ID} AS id, coalesce((SELECT hostname FROM hosts h WHERE h.host_id = k.host_id), (SELECT hostname FROM hosts h JOIN laps_passwords l USING (host_id) WHERE l.laps_password_id = d.laps_password_id)) AS host, d.reason, d.ticket, iif(d.spoken_at IS NULL, d.way, 'spoken') AS way, d.operator, d.media_id AS media,
                iif(d.media_id IS NULL, 1, (SELECT count(*) FROM media_members m WHERE m.media_id = d.media_id)) AS n, d.laps_password_id IS NOT NULL AS laps FROM disclosures d LEFT JOIN key_records k ON k.key_record_id = d.key_record_id ORDER BY d.disclosure_id`)
        .map(({ at, id, host, reason, ticket, way, operator, media: medium, n, laps }) => [at, laps === 1 ? 'LAPS password' : medium === null ? id : `on medium ${medium}`, host ?? '', codes.disclosureReason(reason), ticket ?? '', codes.disclosureWay(way), operator, n])),
    ];
    case 'rotation': return [['Rotations open', [['Rotations open', opened], ['of these asked for', askedFor], ['Rotations confirmed', closed]], []],
      listed('List', rows<{ due: string; id: string; host: string | null; way: DisclosureWay; asked: string | null; laps: number }>(
        `SELECT * FROM (SELECT r.due_at AS due, ${ID} AS id, (SELECT hostname FROM hosts h WHERE h.host_id = k.host_id) AS host,
             (SELECT iif(d.spoken_at IS NULL, d.way, 'spoken') FROM disclosures d WHERE d.key_record_id = k.key_record_id OR d.media_id IN (SELECT media_id FROM media_members m WHERE m.key_record_id = k.key_record_id) ORDER BY d.at DESC LIMIT 1) AS way, iif(r.state = 'asked', r.asked_at, NULL) AS asked, 0 AS laps
           FROM rotations r JOIN key_records k USING (key_record_id) WHERE r.state <> 'confirmed'
         UNION ALL SELECT r.due_at, '', (SELECT hostname FROM hosts h WHERE h.host_id = l.host_id), (SELECT iif(d.spoken_at IS NULL, d.way, 'spoken') FROM disclosures d WHERE d.laps_password_id = l.laps_password_id ORDER BY d.at DESC LIMIT 1), iif(r.state = 'asked', r.asked_at, NULL), 1
           FROM laps_rotations r JOIN laps_passwords l USING (laps_password_id) WHERE r.state <> 'confirmed') ORDER BY due, host, id`)
        .map(({ due, id, host, way, asked, laps }) => [due, laps === 1 ? 'LAPS password' : id, host ?? '', codes.disclosureWay(way), asked ?? 'not yet']))];
    case 'handover': return [group, blocked,
      listed('Open calls', rows<{ at: string; host: string | null; caller: string | null; shown: number; operator: string }>('SELECT opened_at AS at, (SELECT hostname FROM hosts h WHERE h.host_id = c.host_id) AS host, caller, disclosure_id IS NOT NULL AS shown, operator FROM calls c WHERE outcome IS NULL ORDER BY call_id').map(({ at, host, caller, shown, operator }) => [at, host ?? '', caller ?? '', shown === 1 ? 'yes' : 'no', operator])),
      listed('Media not back', rows<{ id: string; holder: string | null; built: string; n: number }>(`SELECT media_id AS id, holder, built_at AS built, key_records AS n FROM media WHERE ${OUT} ORDER BY media_id`).map(({ id, holder, built, n }) => [id, holder ?? 'not issued yet', built, n])),
      ['Done since the last hand-over', [['Since', twelveHoursAgo]], rows<{ act: string; n: number }>(`SELECT act, count(*) AS n FROM audit_entries WHERE at > '${twelveHoursAgo}' AND at <= '${now}' AND act NOT LIKE 'vault.%' AND act NOT LIKE '%-started' AND coalesce(details, '') NOT LIKE '%"step":"started"%' GROUP BY act ORDER BY n DESC, act`).map(({ act, n }) => [codes.act(act), n])]];
  }
}

const said = (db: Database, at: string, kind: ReportKind): Said[] => makeReport(readReportFacts(db, at, kind), { kind, language: 'en' }, codes, false).sections.map(({ heading, facts, table }) => [heading, facts, table?.rows ?? []]);
const RUNS = Number(process.env['BLUELIFT_RUNS'] ?? 15);

test('every number in each of the seven reports is one the rows support, after any acts', async () => {
  await fc.assert(fc.asyncProperty(anyCourse, async (acts) => {
    const desk = await openCourse();
    const seen: Seen = { state: new Map(), repaired: new Map(), verified: new Map() };
    look(desk, seen);
    for (const act of acts) {
      await happen(desk, act);
      look(desk, seen);
    }
    for (const kind of REPORT_KINDS) {
      const report = said(desk.db, instantOf(desk), kind);
      expect([kind, report]).toEqual([kind, expected(desk, kind, seen)]);
      // What people compute with is the same in German and in a table, words aside.
      const german = makeReport(readReportFacts(desk.db, instantOf(desk), kind), { kind, language: 'de' }, reportCodes('de'), true);
      const numbers = (text: string): string[] => (text.match(/"\d+"/g) ?? []).toSorted();
      expect(numbers(reportCsv(german))).toEqual(numbers(reportCsv(makeReport(readReportFacts(desk.db, instantOf(desk), kind), { kind, language: 'en' }, codes, true))));
    }
    desk.db.close();
  }), { numRuns: RUNS });
}, 600_000);

test('a report of an instant that nobody reported then says what the rows supported then, whatever was done since', async () => {
  await fc.assert(fc.asyncProperty(forwardCourse, fc.nat(29), async (acts, when) => {
    const desk = await openCourse();
    const seen: Seen = { state: new Map(), repaired: new Map(), verified: new Map() };
    look(desk, seen);
    let then: { readonly at: string; readonly reports: readonly Said[][] } | null = null;
    for (const [number, act] of acts.entries()) {
      await happen(desk, act);
      look(desk, seen);
      if (number === when % acts.length) then = { at: instantOf(desk), reports: REPORT_KINDS.map((kind) => expected(desk, kind, seen)) };
    }
    expect(REPORT_KINDS.map((kind) => said(desk.db, then?.at ?? '', kind))).toEqual(then?.reports);
    desk.db.close();
  }), { numRuns: RUNS });
}, 600_000);

test('a rotation that was asked for or confirmed, and made due or asked for again, counts in between as what it was', async () => {
  const back = fc.record({ kind: fc.constantFrom('shown' as const, 'laps' as const, 'build' as const, 'confirm' as const, 'ask' as const), host: fc.constant(0), other: fc.nat(20), minutes: fc.integer({ min: 1, max: 45 }), outcome: fc.constant('repaired' as const), signed: fc.boolean() });
  await fc.assert(fc.asyncProperty(fc.array(back, { minLength: 4, maxLength: 14 }), async (acts) => {
    const desk = await openCourse();
    const seen: { readonly at: string; readonly rotations: unknown }[] = [];
    const rotations = (at: string): unknown => { const { rotations: sums, openRotations } = readReportFacts(desk.db, at, 'rotation'); return { sums, figures: readReportFacts(desk.db, at).rotations, openRotations }; };
    for (const act of acts) {
      await happen(desk, act);
      const at = instantOf(desk);
      const [due, asked, confirmed] = ["state <> 'confirmed'", "state = 'asked'", "state = 'confirmed'"].map((where) => Number(desk.db.prepare(`SELECT (SELECT count(*) FROM rotations WHERE ${where}) + (SELECT count(*) FROM laps_rotations WHERE ${where})`).pluck().get()));
      expect(rotations(at)).toMatchObject({ sums: { due, asked, confirmed }, figures: { due, asked, confirmed } });
      seen.push({ at, rotations: rotations(at) });
    }
    expect(seen.map(({ at }) => ({ at, rotations: rotations(at) }))).toEqual(seen);
    desk.db.close();
  }), { numRuns: RUNS });
}, 600_000);
