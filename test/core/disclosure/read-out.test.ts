import { expect, test } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { disclose } from '../../../electron/core/disclosure/disclose.ts';
import { listDisclosures } from '../../../electron/core/disclosure/disclosure-list.ts';
import { printPaper } from '../../../electron/core/disclosure/paper-sheet.ts';
import { readOut } from '../../../electron/core/disclosure/read-out.ts';
import { readHostHistory } from '../../../electron/core/hosts/host-history.ts';
import { readReportFacts } from '../reports/report-facts-of.ts';
import { confirmByStatement, listRotations } from '../../../electron/core/rotation/rotations.ts';
import { csv, idText, importText } from '../keys/import-desk.ts';
import { openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

async function openDeskInSight(): Promise<TestDesk> {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'PC-1', id: 1, password: 10 }]));
  disclose(desk, { keyRecordId: 1, reason: 'mass-incident', way: 'shown' });
  return desk;
}
const now = (desk: TestDesk): string => new Date(desk.clock()).toISOString();
const ways = (desk: TestDesk) => listDisclosures(desk.db, { offset: 0, limit: 10 }).rows.map(({ way }) => way);
const audited = (desk: TestDesk) => listAudit(desk.db, { offset: 0, limit: 50 }).rows.filter(({ act }) => act === 'disclosures.readOut');

test('what is read out is the same disclosure by another way: in the list, the story of the host, the audit and the risk of its rotation', async () => {
  const desk = await openDeskInSight();
  desk.advance(5000);
  readOut(desk, 1);
  expect(ways(desk)).toEqual(['spoken']);
  expect(readHostHistory(desk.db, 1).filter(({ kind }) => kind === 'disclosed').map(({ detail }) => detail)).toEqual(['spoken mass-incident']);
  expect(listRotations(desk.db, { states: [], offset: 0, limit: 10 }).rows).toMatchObject([{ state: 'due', risk: 'spoken', dueAt: '2024-07-19T08:00:00.000Z' }]);
  expect(audited(desk)).toMatchObject([{ subject: idText(1), operator: 'test', details: expect.stringContaining('"way":"spoken"') }]);
  readOut(desk, 1); // digit after digit
  expect([ways(desk).length, audited(desk).length]).toEqual([1, 1]);
});

test('a report of the moment in between says shown, a later one spoken, in the disclosures as in the rotations', async () => {
  const desk = await openDeskInSight();
  const before = now(desk);
  desk.advance(5000);
  readOut(desk, 1);
  const said = (at: string) => { return [...readReportFacts(desk.db, at, 'disclosures').disclosures, ...readReportFacts(desk.db, at, 'rotation').openRotations].map(({ way }) => way); };
  expect([said(before), said(now(desk))]).toEqual([['shown', 'shown'], ['spoken', 'spoken']]);
});

test('only who was shown it notes it, and paper is not read out; a rotation that is confirmed stays so', async () => {
  const desk = await openDeskInSight();
  const other: TestDesk = { ...desk, operator: { ...desk.operator, name: 'somebody else' } };
  expect(() => readOut(other, 1)).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(() => readOut(desk, 7)).toThrow(expect.objectContaining({ code: 'not-found' }));
  confirmByStatement(desk, [1], 'replaced by hand');
  readOut(desk, 1);
  expect(listRotations(desk.db, { states: [], offset: 0, limit: 10 }).rows).toMatchObject([{ state: 'confirmed', risk: 'shown' }]);
  printPaper(desk, { site: null, reason: 'mass-incident', second: 'second' });
  expect(() => readOut(desk, 2)).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
});
