import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { auditHead } from '../../../electron/core/audit/audit.ts';
import { BLOCKED_REASONS, REPORT_KINDS } from '../../../electron/core/codes.ts';
import { disclose } from '../../../electron/core/disclosure/disclose.ts';
import { reportCodes } from '../../../electron/api/report-codes.ts';
import { blockHost, closeHost, reopenHost, unblockHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { hostStatesAt } from '../../../electron/core/reports/host-states-at.ts';
import { makeReport } from '../../../electron/core/reports/make-report.ts';
import { reportCsv, reportHtml } from '../../../electron/core/reports/report-document.ts';
import { keepReportFacts } from '../../../electron/core/reports/kept-facts.ts';
import { readReportFacts } from '../../../electron/core/reports/report-facts.ts';
import { reportPdf } from '../../../electron/desk/report-pdf.ts';
import { csv, importText, passwordText } from '../keys/import-desk.ts';
import { openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

const instant = (desk: TestDesk): string => new Date(desk.clock()).toISOString();
const standing = (desk: TestDesk) => desk.db.prepare('SELECT hostname, state, blocked_reason AS blockedReason, closed_as AS closedAs, state_at AS since FROM hosts ORDER BY hostname').all();

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
      for (const { at, hosts } of seen) expect(hostStatesAt(desk.db, at).map(({ hostname, state, blockedReason, closedAs, since }) => ({ hostname, state, blockedReason, closedAs, since }))).toEqual(hosts);
    }), { numRuns: 25 });
  });
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
        const facts = readReportFacts(desk.db, at);
        const document = makeReport(facts, { kind, language }, reportCodes(language), true);
        made.push(`${kind} ${language}`, ...[reportHtml(document), reportCsv(document), JSON.stringify(facts), await reportPdf(document, at)].map((content) => createHash('sha256').update(content).digest('hex')));
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
    const document = makeReport(readReportFacts(desk.db, instant(desk)), { kind: 'disclosures', language: 'en' }, reportCodes('en'), false);
    expect(reportCsv(document)).toContain('"\'=HYPERLINK(""x"")"');
    expect([reportCsv(document), reportHtml(document), JSON.stringify(document)].some((content) => content.includes(passwordText(1)))).toBe(false);
  });

  it('on paper cuts a list at a thousand rows and says how many are missing; the table has all', async () => {
    const desk = await openFleet();
    const row = { at: instant(desk), operator: 'a', way: 'shown', reason: 'other', ticket: null, keyProtectorId: null, hostname: null, mediaId: null, keyRecords: 1 } as const;
    const facts = { ...readReportFacts(desk.db, instant(desk)), disclosures: Array.from({ length: 1200 }, () => row) };
    const paper = makeReport(facts, { kind: 'disclosures', language: 'en' }, reportCodes('en'), true);
    expect([paper.sections[2]?.table?.rows.length, paper.sections[2]?.table?.more]).toEqual([1000, 200]);
    expect(reportHtml(paper)).toContain('200 more rows');
    expect(makeReport(facts, { kind: 'disclosures', language: 'en' }, reportCodes('en'), false).sections[2]?.table?.rows).toHaveLength(1200);
    expect(Buffer.from(await reportPdf(paper, facts.asOf)).subarray(0, 5).toString()).toBe('%PDF-');
  }, 30_000);
});
