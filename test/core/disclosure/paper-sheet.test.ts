import { expect, test } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { listDisclosures } from '../../../electron/core/disclosure/disclosure-list.ts';
import { disclose } from '../../../electron/core/disclosure/disclose.ts';
import { listUnusualRates } from '../../../electron/core/disclosure/unusual-rate.ts';
import { setPolicies } from '../../../electron/core/policies/policies.ts';
import { callerInstructions } from '../../../electron/core/disclosure/caller-instructions.ts';
import { listPaperSites, printPaper } from '../../../electron/core/disclosure/paper-sheet.ts';
import { listRotations } from '../../../electron/core/rotation/rotations.ts';
import { csv, idText, importText, passwordText } from '../keys/import-desk.ts';
import { openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

async function openSites(): Promise<TestDesk> {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'KI-1', id: 1, password: 1 }, { host: 'KI-2', id: 2, password: 2 }, { host: 'KI-2', id: 3, password: 3 }, { host: 'LB-1', id: 4, password: 4 }]));
  desk.db.exec("UPDATE hosts SET site = 'Kiel' WHERE hostname LIKE 'KI-%'");
  return desk;
}
const order = { site: 'Kiel', reason: 'mass-incident', ticket: 'INC-9', second: 'lead' } as const;

test('a sheet has every key of the open hosts of one site, and each of them is disclosed as printed, with two names on record', async () => {
  const desk = await openSites();
  expect(listPaperSites(desk.db)).toEqual([{ site: 'Kiel', hosts: 2, keyRecords: 3 }, { site: null, hosts: 1, keyRecords: 1 }]);
  const paper = printPaper(desk, order);
  expect(paper.operators).toEqual(['test', 'lead']);
  expect(paper.lines.map(({ hostname, keyProtectorId, recoveryPassword }) => [hostname, keyProtectorId, recoveryPassword === passwordText(Number([1, 2, 3].find((n) => idText(n) === keyProtectorId)))])).toEqual([['KI-1', idText(1), true], ['KI-2', idText(2), true], ['KI-2', idText(3), true]]);
  expect(listDisclosures(desk.db, { offset: 0, limit: 10 })).toMatchObject({ total: 3, rows: [{ way: 'printed', ticket: 'INC-9' }, { way: 'printed' }, { way: 'printed' }] });
  expect(listRotations(desk.db, { states: ['due'], offset: 0, limit: 10 }).rows.map(({ risk }) => risk)).toEqual(['printed', 'printed', 'printed']);
  const [line] = listAudit(desk.db, { offset: 0, limit: 1 }).rows;
  expect([line?.act, line?.operator, line?.subject, JSON.parse(line?.details ?? '')]).toEqual(['paper.print', 'test', 'Kiel', { second: 'lead', reason: 'mass-incident', ticket: 'INC-9', keyRecords: 3, keyProtectorIds: [idText(1), idText(2), idText(3)].join(' ') }]);
});

test('a sheet with more keys than it is usual to disclose is flagged once, whoever goes on after it', async () => {
  const desk = await openSites();
  setPolicies(desk, { disclosureRateCount: 2, disclosureRateMinutes: 60 });
  printPaper(desk, order);
  disclose(desk, { keyRecordId: 4, reason: 'mass-incident', way: 'shown' });
  expect(listUnusualRates(desk.db, desk.clock())).toMatchObject([{ operator: 'test', count: 3, minutes: 60 }]);
});

test('hosts that are done stay off the paper, and with nothing left nothing is printed', async () => {
  const desk = await openSites();
  desk.db.exec("UPDATE hosts SET state = 'verified' WHERE hostname = 'KI-2'");
  expect(printPaper(desk, order).lines).toHaveLength(1);
  desk.db.exec("UPDATE hosts SET state = 'closed', closed_as = 'retired' WHERE hostname = 'KI-1'");
  expect(() => printPaper(desk, order)).toThrow(expect.objectContaining({ code: 'nothing-to-print' }));
});

test('the same person twice is one person: nothing is printed and nothing recorded', async () => {
  const desk = await openSites();
  expect(() => printPaper(desk, { ...order, second: 'TEST' })).toThrow(expect.objectContaining({ code: 'second-operator-needed' }));
  expect(desk.db.prepare('SELECT count(*) FROM disclosures').pluck().get()).toBe(0);
});

test('the page for callers has five steps with pictures in each language, nothing from elsewhere and no script', () => {
  for (const language of ['en', 'de'] as const) {
    const html = callerInstructions(language);
    expect([html.match(/<li>/g)?.length, html.match(/<svg /g)?.length]).toEqual([5, 4]);
    expect(html).not.toMatch(/<script|https?:|src=|@import|\d{6}-\d{6}/);
  }
});
