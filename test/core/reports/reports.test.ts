import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { auditHead } from '../../../electron/core/audit/audit.ts';
import { BLOCKED_REASONS, REPORT_KINDS, type ReportKind } from '../../../electron/core/codes.ts';
import { disclose } from '../../../electron/core/disclosure/disclose.ts';
import { reportCodes } from '../../../electron/api/report-codes.ts';
import { closeIncident, createIncident } from '../../../electron/core/incidents/incidents.ts';
import { blockHost, closeHost, reopenHost, unblockHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { hostStatesAt } from '../../../electron/core/reports/host-states-at.ts';
import { actOnMedium } from '../../../electron/core/media/medium-acts.ts';
import { recordFailedMedium } from '../../../electron/core/media/media-register.ts';
import { makeReport } from '../../../electron/core/reports/make-report.ts';
import { reportCsv, reportHtml } from '../../../electron/core/reports/report-document.ts';
import { FACTS_OF, reportJson } from '../../../electron/core/reports/report-json.ts';
import { appendAudit } from '../../../electron/core/audit/audit.ts';
import { keepFacts, readFactsOnce } from '../../../electron/core/reports/kept-facts.ts';
import type { ReportFacts } from '../../../electron/core/reports/report-facts.ts';
import type { ReportScopeNames } from '../../../electron/core/reports/report-scope.ts';
import { reportPdf } from '../../../electron/desk/report-pdf.ts';
import { csv, importText, passwordText } from '../keys/import-desk.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { assignHosts, createWave } from '../../../electron/core/waves/waves.ts';
import { readReportFacts } from './report-facts-of.ts';
import { openTestDesk, type TestDesk } from '../remediation/test-desk.ts';
import { addMedium, attemptIdOf, makeRecord, writeRecord } from '../remediation/test-records.ts';

const instant = (desk: TestDesk): string => new Date(desk.clock()).toISOString();
const standing = (desk: TestDesk) => desk.db.prepare('SELECT host_id AS hostId, state, blocked_reason AS blockedReason, closed_as AS closedAs FROM hosts ORDER BY host_id').all();

/** As a report reads and keeps them, but in the thread of the desk: a store in memory has no other. */
function keepReportFacts(db: TestDesk['db'], asOf: string, names: ReportScopeNames = {}, kind: ReportKind = 'situation'): ReportFacts {
  const { facts, toKeep } = readFactsOnce(db, asOf, kind, names);
  if (toKeep !== null) expect(keepFacts(db, toKeep)).toBe(true);
  return facts;
}

async function openFleet(): Promise<TestDesk> {
  const desk = openTestDesk();
  await importText(desk, 'KI-1\nKI-2\nKI-3\nKI-4\nNO-KEY\n', 'down.txt');
  desk.advance(60_000);
  await importText(desk, csv([{ host: 'KI-1', id: 1, password: 1 }, { host: 'KI-2', id: 2, password: 2 }, { host: 'KI-3', id: 3, password: 3 }, { host: 'KI-4', id: 4, password: 4 }]));
  desk.db.exec("UPDATE hosts SET site = 'Kiel', operating_system = 'Windows 11' WHERE hostname LIKE 'KI-%'; UPDATE hosts SET operating_system = 'Windows Server 2022' WHERE hostname = 'KI-4'");
  return desk;
}

describe('the state of every host at an instant that is past', () => {
  it('is what it was then, whatever happened since: any course of acts, looked at after each', async () => {
    const act = fc.record({ host: fc.integer({ min: 1, max: 5 }), kind: fc.constantFrom('block', 'unblock', 'verify', 'close', 'reopen', 'key'), reason: fc.constantFrom(...BLOCKED_REASONS) });
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
      const desk = await openFleet();
      const seen: { at: string; hosts: unknown }[] = [{ at: instant(desk), hosts: standing(desk) }];
      for (const [number, { host, kind, reason }] of acts.entries()) {
        desk.advance(60_000);
        try {
          if (kind === 'block') blockHost(desk, host, reason);
          else if (kind === 'unblock') unblockHost(desk, host);
          else if (kind === 'verify') verifyHost(desk, host, 'seen running');
          else if (kind === 'close') closeHost(desk, host, 'retired', 'gone');
          else if (kind === 'reopen') reopenHost(desk, host, 'back');
          else await importText(desk, csv([{ host: 'NO-KEY', id: 50 + number, password: 50 + number }]), `late-${number}.csv`);
        } catch { /* an act the state does not allow: nothing happened */ }
        seen.push({ at: instant(desk), hosts: standing(desk) });
      }
      for (const { at, hosts } of seen) expect(hostStatesAt(desk.db, at).map(({ hostId, state, blockedReason, closedAs }) => ({ hostId, state, blockedReason, closedAs }))).toEqual(hosts);
    }), { numRuns: 25 });
  });
});

it('tells a record that came in after a later one in the order in which things happened', async () => {
  const desk = await openFleet();
  const later = (minutes: number): string => new Date(desk.clock() + minutes * 60_000).toISOString();
  const add = desk.db.prepare('INSERT INTO host_events (host_id, at, kind, blocked_reason) VALUES (1, ?, ?, ?)');
  for (const [minutes, kind, reason] of [[20, 'blocked', 'hardware'], [30, 'unblocked', null], [10, 'blocked', 'usb-blocked']] as const) add.run(later(minutes), kind, reason);
  desk.db.prepare("UPDATE hosts SET state_at = ? WHERE host_id IN (1, 2)").run(later(40)); // both have moved on since
  const at = (minutes: number) => hostStatesAt(desk.db, later(minutes)).slice(0, 2).map(({ state, blockedReason }) => [state, blockedReason]);
  expect([5, 15, 25, 35].map(at)).toEqual([[null, 'ready'], ['usb-blocked', 'blocked'], ['hardware', 'blocked'], [null, 'ready']].map(([reason, state]) => [[state, reason], ['ready', null]]));
});

describe('a report', () => {
  it('of the same instant has the same bytes in every form, whatever happened since', async () => {
    const desk = await openFleet();
    verifyHost(desk, 1, 'seen running');
    disclose(desk, { keyRecordId: 2, reason: 'mass-incident', way: 'shown' });
    const at = instant(desk);
    const all = async (): Promise<string[]> => {
      const made: string[] = [];
      for (const kind of REPORT_KINDS) for (const language of ['en', 'de'] as const) {
        const facts = readReportFacts(desk.db, at, kind);
        const document = makeReport(facts, { kind, language }, reportCodes(language), true);
        made.push(`${kind} ${language}`, ...[reportHtml(document), reportCsv(document), reportJson(facts, kind), await reportPdf(document, at)].map((content) => createHash('sha256').update(content).digest('hex')));
      }
      return made;
    };
    const before = await all();
    desk.advance(60_000);
    blockHost(desk, 2, 'hardware');
    disclose(desk, { keyRecordId: 3, reason: 'lost-pin', way: 'spoken' });
    await importText(desk, csv([{ host: 'KI-9', id: 9, password: 9 }]), 'later.csv');
    expect(await all()).toEqual(before);
  });

  it('that went out stays as it was when an import is undone, a list corrects a site, or something happens within the same millisecond', async () => {
    const desk = await openFleet();
    await importText(desk, 'TYPO-1\nTYPO-2\n', 'wrong-list.txt');
    const wrong = desk.db.prepare<[], { id: number }>('SELECT max(import_id) AS id FROM imports').get()?.id ?? 0;
    const at = instant(desk);
    const sent = keepReportFacts(desk.db, at);
    verifyHost(desk, 1, 'seen running');
    desk.advance(60_000);
    expect((await undoImport(desk, wrong)).hostsRemoved).toBe(2);
    desk.db.exec("UPDATE hosts SET site = 'Rostock', operating_system = 'Windows Server 2019' WHERE hostname = 'KI-2'");
    expect(readReportFacts(desk.db, at)).not.toEqual(sent);
    expect(keepReportFacts(desk.db, at)).toEqual(sent);
    expect(keepReportFacts(desk.db, instant(desk)).all).toMatchObject({ hosts: 5, verified: 1 });
  });

  it('of an earlier instant that nobody reported says what an import undone since leaves out', async () => {
    const desk = await openFleet();
    await importText(desk, 'KI-1\nTYPO-1\nTYPO-2\n', 'wrong-list.txt');
    const wrong = desk.db.prepare<[], { id: number }>('SELECT max(import_id) AS id FROM imports').get()?.id ?? 0;
    const at = instant(desk);
    expect(readReportFacts(desk.db, at)).toMatchObject({ all: { hosts: 7 }, undoneSince: { imports: 0, hosts: 0, keyRecords: 0 } });
    desk.advance(60_000);
    await undoImport(desk, wrong);
    const facts = readReportFacts(desk.db, at);
    expect(facts).toMatchObject({ all: { hosts: 5 }, undoneSince: { imports: 1, hosts: 2, keyRecords: 0 } });
    const stamp = (language: 'en' | 'de') => makeReport(facts, { kind: 'situation', language }, reportCodes(language), true).stamp;
    expect(stamp('en')).toContainEqual(['Imports undone since', '1; 2 hosts and 0 key records counted then are not counted here']);
    expect(stamp('de')).toContainEqual(['Seither zurückgenommene Importe', '1; 2 Hosts und 0 Schlüsseldatensätze, damals gezählt, sind hier nicht gezählt']);
    // Of an instant after it, or before the import ran, nothing is left out.
    expect([instant(desk), '2024-07-19T08:00:30.000Z'].map((when) => readReportFacts(desk.db, when).undoneSince.imports)).toEqual([0, 0]);
  });

  it('carries its instant and the audit head of that instant', async () => {
    const desk = await openFleet();
    verifyHost(desk, 1, 'seen running');
    const at = instant(desk), head = auditHead(desk.db);
    desk.advance(1000);
    verifyHost(desk, 2, 'seen running');
    expect(readReportFacts(desk.db, at)).toMatchObject({ asOf: at, auditHead: head });
    expect(reportHtml(makeReport(readReportFacts(desk.db, at), { kind: 'situation', language: 'de' }, reportCodes('de'), true))).toContain(head);
  });

  it('tells servers from clients, and counts each host once', async () => {
    const desk = await openFleet();
    verifyHost(desk, 4, 'seen running');
    const facts = readReportFacts(desk.db, instant(desk));
    expect(facts.kinds).toMatchObject({ server: { hosts: 1, affected: 1, verified: 1, down: 0 }, client: { hosts: 3, affected: 3, down: 3 }, unknown: { hosts: 1, affected: 1, down: 1 } });
    expect(facts.states.reduce((sum, { count }) => sum + count, 0)).toBe(facts.all.hosts);
    expect(facts).toMatchObject({ downWithoutKey: 1, keyRecords: 4, firstReportedAt: '2024-07-19T08:00:00.000Z' });
  });

  it('marks as open what the desk does not know, in every draft for an authority', async () => {
    const desk = await openFleet();
    const facts = readReportFacts(desk.db, instant(desk));
    for (const kind of ['extent', 'nis2', 'dora'] as const) for (const language of ['en', 'de'] as const) {
      const document = makeReport(facts, { kind, language }, reportCodes(language), true);
      expect(document.sections.flatMap(({ open }) => open).length).toBeGreaterThan(4);
      expect(reportHtml(document)).toContain(language === 'en' ? '[open]' : '[offen]');
      expect(reportCsv(document)).toContain(language === 'en' ? '[open]' : '[offen]');
    }
  });

  it('holds no recovery password, and a cell that a spreadsheet would compute is text', async () => {
    const desk = await openFleet();
    disclose(desk, { keyRecordId: 1, reason: 'mass-incident', ticket: '=HYPERLINK("x")', way: 'shown' });
    const document = makeReport(readReportFacts(desk.db, instant(desk), 'disclosures'), { kind: 'disclosures', language: 'en' }, reportCodes('en'), false);
    expect(reportCsv(document)).toContain('"\'=HYPERLINK(""x"")"');
    expect([reportCsv(document), reportHtml(document), JSON.stringify(document)].some((content) => content.includes(passwordText(1)))).toBe(false);
  });

  it('on paper cuts a list at a thousand rows and says how many are missing; the table has all', async () => {
    const desk = await openFleet();
    const row = { at: instant(desk), operator: 'a', way: 'shown', reason: 'other', ticket: null, keyProtectorId: null, hostname: null, mediaId: null, keyRecords: 1, laps: false } as const;
    const facts = { ...readReportFacts(desk.db, instant(desk)), disclosures: Array.from({ length: 1200 }, () => row) };
    const paper = makeReport(facts, { kind: 'disclosures', language: 'en' }, reportCodes('en'), true);
    expect([paper.sections[2]?.table?.rows.length, paper.sections[2]?.table?.more]).toEqual([1000, 200]);
    expect(reportHtml(paper)).toContain('200 more rows');
    expect(makeReport(facts, { kind: 'disclosures', language: 'en' }, reportCodes('en'), false).sections[2]?.table?.rows).toHaveLength(1200);
    expect(Buffer.from(await reportPdf(paper, facts.asOf)).subarray(0, 5).toString()).toBe('%PDF-');
  }, 30_000);
});

describe('a report of an incident or a wave', () => {
  it('holds only its own hosts, keys and attempts, and the waves together with the rest make the whole desk, whatever happened', async () => {
    const act = fc.record({ host: fc.integer({ min: 1, max: 5 }), kind: fc.constantFrom('block', 'verify', 'close', 'disclose', 'attempt') });
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(0, 1, 2), { minLength: 5, maxLength: 5 }), fc.array(act, { maxLength: 10 }), async (waves, acts) => {
      const desk = await openFleet();
      addMedium(desk, 'M-0001', ['Karla']);
      for (const name of ['first', 'second', 'rest']) createWave(desk, { name });
      const names = desk.db.prepare<[], { hostname: string }>('SELECT hostname FROM hosts ORDER BY host_id').all().map(({ hostname }) => hostname);
      for (const [at, hostname] of names.entries()) assignHosts(desk, 1 + (waves[at] ?? 0), { kind: 'hosts', hostnames: [hostname] });
      for (const [number, { host, kind }] of acts.entries()) {
        desk.advance(20 * 60_000);
        try {
          if (kind === 'block') blockHost(desk, host, 'hardware');
          else if (kind === 'verify') verifyHost(desk, host, 'seen running');
          else if (kind === 'close') closeHost(desk, host, 'retired', 'gone');
          else if (kind === 'attempt') takeAttempt(desk, writeRecord(makeRecord({ attemptId: attemptIdOf(number + 1), computerName: names[host - 1] ?? '' })));
          else disclose(desk, { keyRecordId: Math.min(host, 4), reason: 'mass-incident', way: 'shown' });
        } catch { /* an act the state does not allow: nothing happened */ }
      }
      const at = instant(desk);
      const whole = keepReportFacts(desk.db, at);
      const parts = ['first', 'second', 'rest'].map((wave) => keepReportFacts(desk.db, at, { wave }));
      const sum = (of: (facts: typeof whole) => number): number => parts.reduce((total, facts) => total + of(facts), 0);
      for (const of of [(f: typeof whole) => f.all.hosts, (f: typeof whole) => f.all.down, (f: typeof whole) => f.all.verified, (f: typeof whole) => f.keyRecords, (f: typeof whole) => f.downWithoutKey, (f: typeof whole) => f.attempts.total,
        (f: typeof whole) => f.attempts.repaired, (f: typeof whole) => f.disclosed, (f: typeof whole) => f.rotations.due, (f: typeof whole) => f.rotations.asked ?? 0, (f: typeof whole) => f.repairedLastHour, (f: typeof whole) => f.verifiedLastHour]) expect(sum(of)).toBe(of(whole));
      // Each list has as many lines as its figure says, which is read another way.
      for (const wave of ['first', 'second', 'rest']) {
        const { disclosed, rotations } = keepReportFacts(desk.db, at, { wave });
        const [disclosures, rotation] = [keepReportFacts(desk.db, at, { wave }, 'disclosures'), keepReportFacts(desk.db, at, { wave }, 'rotation')];
        expect([disclosures.disclosures.length, disclosures.disclosed, rotation.openRotations.length, rotation.rotations]).toEqual([disclosed, disclosed, rotations.due, rotations]);
      }
      expect(keepReportFacts(desk.db, at, { wave: 'FIRST' })).toEqual(parts[0]);
      // The only incident there is has every host.
      expect(keepReportFacts(desk.db, at, { incident: 'CrowdStrike channel file 291 of 2024-07-19' }).all).toEqual(whole.all);
      desk.db.close();
    }), { numRuns: 20 });
  }, 60_000);

  it('says what it is of, and names what is not there', async () => {
    const desk = await openFleet();
    createWave(desk, { name: 'canary' });
    assignHosts(desk, 1, { kind: 'hosts', hostnames: ['KI-1'] });
    const document = makeReport(keepReportFacts(desk.db, instant(desk), { wave: 'canary' }), { kind: 'handover', language: 'de' }, reportCodes('de'), true);
    expect(document.stamp).toContainEqual(['Welle', 'canary']);
    expect(() => keepReportFacts(desk.db, instant(desk), { wave: 'none' })).toThrow(expect.objectContaining({ code: 'not-found', facts: { name: 'none' } }));
  });

  it('counts a host that was repaired within the hour and verified since among both', async () => {
    const desk = await openFleet();
    addMedium(desk, 'M-0001', ['Karla']);
    takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-1' })));
    desk.advance(10 * 60_000);
    verifyHost(desk, 1, 'seen running');
    expect(readReportFacts(desk.db, instant(desk))).toMatchObject({ repairedLastHour: 1, verifiedLastHour: 1 });
    desk.advance(55 * 60_000);
    expect(readReportFacts(desk.db, instant(desk))).toMatchObject({ repairedLastHour: 0, verifiedLastHour: 1 });
  });
});

it('says no duration of an outage that is not over', async () => {
  const desk = await openFleet();
  const duration = (): unknown => makeReport(readReportFacts(desk.db, instant(desk)), { kind: 'extent', language: 'en' }, reportCodes('en'), true).sections.flatMap(({ facts }) => facts).find(([name]) => name === 'Hours between')?.[1];
  desk.advance(3_600_000);
  verifyHost(desk, 1, 'seen running');
  expect(duration()).toBe('not over yet');
  desk.advance(3_600_000);
  for (const host of [2, 3, 4, 5]) verifyHost(desk, host, 'seen running');
  expect(duration()).toBe('2.0');
});

it('tells the next shift the same in every format: a hand-over made within the hour is the same one', async () => {
  const desk = await openFleet();
  const handOver = (): string => {
    const at = instant(desk);
    desk.db.transaction(() => appendAudit(desk.db, { at, operator: 'lead-01', act: 'reports.make', subject: at, details: { kind: 'handover', format: 'pdf', language: 'de' } }))();
    return readReportFacts(desk.db, at).since;
  };
  desk.advance(3_600_000);
  const [first, ofFirst] = [instant(desk), handOver()];
  desk.advance(60_000);
  expect(handOver()).toBe(new Date(Date.parse(ofFirst) + 60_000).toISOString());
  desk.advance(8 * 3_600_000);
  expect([Date.parse(handOver()) - Date.parse(first)]).toEqual([60_000]);
  const quiet = makeReport({ ...readReportFacts(desk.db, instant(desk)), changesSince: [] }, { kind: 'handover', language: 'de' }, reportCodes('de'), true).sections.at(-1);
  expect([quiet?.table, quiet?.facts.at(-1)]).toEqual([null, ['Seit der letzten Übergabe getan', 'Nichts']]);
});

it('tells the next shift of a wave, an incident or the whole desk what was done since the last hand-over of just that', async () => {
  const desk = await openFleet();
  for (const name of ['canary', 'Übersee']) createWave(desk, { name });
  const incident = 'CrowdStrike channel file 291 of 2024-07-19';
  const since = (names: ReportScopeNames): string => keepReportFacts(desk.db, instant(desk), names).since;
  const handOver = (names: { readonly incident?: string; readonly wave?: string }): string => {
    const at = instant(desk);
    desk.db.transaction(() => appendAudit(desk.db, { at, operator: 'lead-01', act: 'reports.make', subject: at, details: { kind: 'handover', format: 'pdf', language: 'de', ...names } }))();
    desk.advance(2 * 3_600_000);
    return at;
  };
  const ofDesk = handOver({});
  const ofCanary = handOver({ wave: 'Canary' }); // as it was typed
  const ofIncident = handOver({ incident });
  const ofBoth = handOver({ incident, wave: 'canary' });
  expect([since({}), since({ wave: 'canary' }), since({ incident }), since({ incident, wave: 'canary' })]).toEqual([ofDesk, ofCanary, ofIncident, ofBoth]);
  expect(since({ wave: 'Übersee' })).toBe(new Date(desk.clock() - 12 * 3_600_000).toISOString());
});

it('says of some that they are some, and of not quite all that they are not all', async () => {
  const desk = await openFleet();
  const facts = readReportFacts(desk.db, instant(desk));
  const shares = (language: 'en' | 'de', ...affected: number[]) => affected.map((count) => makeReport({ ...facts, kinds: { ...facts.kinds, client: { hosts: 10_000, affected: count, down: 0, repaired: 0, verified: 0, closed: 0 } } }, { kind: 'extent', language }, reportCodes(language), false).sections[0]?.table?.rows[1]?.[3]);
  expect(shares('en', 0, 1, 4, 5, 9994, 9995, 9999, 10_000)).toEqual(['0 %', '< 0.1 %', '< 0.1 %', '0.1 %', '99.9 %', '> 99.9 %', '> 99.9 %', '100 %']);
  expect(shares('de', 1, 9999)).toEqual(['< 0,1 %', '> 99,9 %']);
});

it('counts to an incident no host that was back before it began, and none of which something was said only after its end', async () => {
  const desk = await openFleet();
  desk.advance(3_600_000);
  for (const host of [1, 2, 3]) verifyHost(desk, host, 'seen running');
  closeHost(desk, 4, 'retired', 'gone');
  desk.advance(3_600_000);
  const next = createIncident(desk, 'Next', 'channel-file-291');
  desk.advance(1000);
  // NO-KEY is still down, and nobody said of which incident.
  const of = (incident: string) => keepReportFacts(desk.db, instant(desk), { incident });
  expect(of('Next')).toMatchObject({ all: { hosts: 1, affected: 1, down: 1 }, keyRecords: 0, lastVerifiedAt: null });
  verifyHost(desk, 5, 'seen running');
  desk.advance(1000);
  closeIncident(desk, next.incidentId);
  desk.advance(60_000);
  await importText(desk, 'LATE-1\n', 'late.txt');
  desk.advance(1000);
  expect(of('next')).toMatchObject({ all: { hosts: 1, affected: 1, verified: 1 } });
  expect(of('CrowdStrike channel file 291 of 2024-07-19').all).toMatchObject({ hosts: 6, affected: 6, down: 1, verified: 4, closed: 1 });
});

it('says of imports that were undone, in the report of a wave, that they are of the whole desk, and of its hosts since when they are', async () => {
  const desk = await openFleet();
  createWave(desk, { name: 'canary' });
  const facts = { ...keepReportFacts(desk.db, instant(desk), { wave: 'canary' }), undoneSince: { imports: 1, hosts: 2, keyRecords: 0 } };
  const stamp = (language: 'en' | 'de') => makeReport(facts, { kind: 'situation', language }, reportCodes(language), true).stamp.map(([name, value]) => `${name}: ${value}`);
  expect(stamp('en')).toEqual(expect.arrayContaining(['Wave: canary', 'Hosts of the wave: as assigned when this report was first made', 'Imports undone since: 1 of the whole desk; 2 hosts and 0 key records counted then are not counted here']));
  expect(stamp('de')).toEqual(expect.arrayContaining(['Seither zurückgenommene Importe: 1 am ganzen Arbeitsplatz; 2 Hosts und 0 Schlüsseldatensätze, damals gezählt, sind hier nicht gezählt']));
});

it('counts a stick that needs no passcode as out when its build failed half way, until somebody has wiped it', async () => {
  const desk = await openFleet();
  for (const mediaId of ['M-0001', 'M-0002']) addMedium(desk, mediaId, ['Karla']);
  desk.db.exec("UPDATE media SET without_passcode = 1; INSERT INTO media_disks (media_id, serial, size_bytes, seal_at) VALUES ('M-0001', 'S', 1, '0+1')");
  for (const mediaId of ['M-0001', 'M-0002']) recordFailedMedium(desk, mediaId, 'disk-write-failed', true);
  desk.advance(1000);
  const out = (): string[] => readReportFacts(desk.db, instant(desk)).mediaOut.map(({ mediaId }) => mediaId);
  const inStore = (): unknown[] => desk.db.prepare("SELECT media_id FROM media WHERE state IN ('built', 'issued') ORDER BY 1").pluck().all();
  expect([out(), inStore()]).toEqual([['M-0001'], ['M-0001']]);
  actOnMedium(desk, { mediaId: 'M-0001', to: 'wiped' });
  expect([out(), inStore()]).toEqual([[], []]);
});

it('keeps the situation of a large fleet on one page, and every site of it in the table', async () => {
  const desk = await openFleet();
  const facts = readReportFacts(desk.db, instant(desk));
  const group = { hosts: 12_345, affected: 12_345, down: 12_345, repaired: 12_345, verified: 12_345, closed: 0 };
  const large = { ...facts, scope: { incident: 'CrowdStrike channel file 291 of 2024-07-19', wave: 'Domain controllers and key servers' }, undoneSince: { imports: 2, hosts: 12_345, keyRecords: 12_345 },
    blocked: BLOCKED_REASONS.map((reason) => ({ reason, count: 1234 })), sites: Array.from({ length: 60 }, (_, at) => ({ site: `Kreiskrankenhaus Nordfriesland ${at}`, group })) };
  for (const language of ['en', 'de'] as const) {
    const paper = makeReport(large, { kind: 'situation', language }, reportCodes(language), true);
    expect([language, Buffer.from(await reportPdf(paper, facts.asOf)).toString('latin1').match(/\/Type \/Page\b/g)?.length]).toEqual([language, 1]);
    expect(reportCsv(makeReport(large, { kind: 'situation', language }, reportCodes(language), false)).match(/Nordfriesland/g)).toHaveLength(60);
  }
});

it('counts each import once in what was done since the last hand-over, though the trail has two lines of it', async () => {
  const desk = await openFleet(); // two imports
  const { changesSince } = readReportFacts(desk.db, instant(desk));
  expect(changesSince.find(({ act }) => act === 'imports.run')).toEqual({ act: 'imports.run', count: 2 });
});

it('says nothing of rotations that were asked for in a report from before they were told apart', async () => {
  const desk = await openFleet();
  disclose(desk, { keyRecordId: 1, reason: 'mass-incident', way: 'shown' });
  const at = instant(desk);
  const { rotations: { due, confirmed }, openRotations, disclosed: _disclosed, ...facts } = readReportFacts(desk.db, at, 'rotation');
  const before = { ...facts, disclosures: readReportFacts(desk.db, at, 'disclosures').disclosures, rotations: { due, confirmed, open: openRotations.map(({ askedAt: _asked, laps: _laps, ...row }) => row) } };
  desk.db.prepare("INSERT INTO report_facts (as_of, scope, facts) VALUES (?, '', ?)").run(at, gzipSync(JSON.stringify(before)));
  const [sums, list] = makeReport(keepReportFacts(desk.db, at, {}, 'rotation'), { kind: 'rotation', language: 'en' }, reportCodes('en'), false).sections;
  expect(sums?.facts).toEqual([['Rotations open', '1'], ['Rotations confirmed', '0']]);
  expect(keepReportFacts(desk.db, at, {}, 'disclosures')).toMatchObject({ disclosed: 1, disclosures: [{ way: 'shown' }] });
  expect(list?.table).toMatchObject({ head: ['Due since', 'Key ID', 'Host', 'How'], rows: [[at, expect.stringMatching(/^[0-9A-F-]{36}$/), expect.any(String), 'Shown']] });
});

it('says instants on paper as people read them, with their zone, and as they are kept where a table is computed with', async () => {
  const desk = await openFleet();
  verifyHost(desk, 1, 'seen running');
  const facts = readReportFacts(desk.db, instant(desk));
  const extent = (language: 'en' | 'de', paper: boolean): string => JSON.stringify(makeReport(facts, { kind: 'extent', language }, reportCodes(language), paper));
  expect(extent('de', true)).toContain('"19.07.2024, 08:00 UTC"');
  expect(extent('en', true)).toContain('"19 Jul 2024, 08:00 UTC"');
  expect(extent('en', true)).toContain(`(${facts.asOf})`); // what --as-of takes
  expect(extent('de', false)).toContain('"2024-07-19T08:00:00.000Z"');
  expect(extent('de', false)).not.toContain('08:00 UTC');
});

it('holds in JSON what its kind says and nothing else: the paper can be written from it, and from no less', async () => {
  const desk = await openFleet();
  disclose(desk, { keyRecordId: 1, reason: 'mass-incident', way: 'shown' });
  verifyHost(desk, 1, 'seen running');
  for (const kind of REPORT_KINDS) {
    const write = (facts: ReportFacts) => makeReport(facts, { kind, language: 'en' }, reportCodes('en'), false).sections;
    const facts = readReportFacts(desk.db, instant(desk), kind);
    const read = JSON.parse(reportJson(facts, kind)) as ReportFacts; // as this kind holds it
    expect([kind, write(read)]).toEqual([kind, write(facts)]);
    for (const name of FACTS_OF[kind]) expect(() => expect(write({ ...read, [name]: undefined })).toEqual(write(facts)), `${kind} without ${name}`).toThrow();
  }
});

it('holds with its list what was undone before the list was read, though figures of the instant went out before', async () => {
  const desk = await openFleet();
  await importText(desk, csv([{ host: 'TYPO-1', id: 9, password: 9 }]), 'wrong-list.csv');
  const wrong = desk.db.prepare<[], { id: number }>('SELECT max(import_id) AS id FROM imports').get()?.id ?? 0;
  disclose(desk, { keyRecordId: 1, reason: 'mass-incident', way: 'shown' });
  const at = instant(desk);
  expect(keepReportFacts(desk.db, at)).toMatchObject({ undoneSince: { imports: 0 }, disclosed: 1, disclosures: [] });
  desk.advance(60_000);
  await undoImport(desk, wrong);
  const sent = keepReportFacts(desk.db, at, {}, 'disclosures');
  expect(sent).toMatchObject({ undoneSince: { imports: 1 }, disclosures: [{ hostname: 'KI-1' }] });
  expect(keepReportFacts(desk.db, at)).toMatchObject({ undoneSince: { imports: 0 }, all: { hosts: 6 } });
  desk.db.exec("UPDATE hosts SET hostname = 'RENAMED' WHERE host_id = 1");
  expect(keepReportFacts(desk.db, at, {}, 'disclosures')).toEqual(sent);
});
