import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { HOST_STATES } from '../../../electron/core/codes.ts';
import { closeIncident, createIncident, listIncidents, listStillOpen, recipeForMedium } from '../../../electron/core/incidents/incidents.ts';
import { recordMedium, type NewMedium } from '../../../electron/core/media/media-register.ts';
import { actOnMedium } from '../../../electron/core/media/medium-acts.ts';
import { addRecipe, approveRecipe } from '../../../electron/core/recipes/recipe-book.ts';
import { confirmByStatement } from '../../../electron/core/rotation/rotations.ts';
import { addHost, addKeyRecord, openTestDesk } from '../remediation/test-desk.ts';

const draft = { recipeId: 'other-file', title: 'Another file', path: 'Windows\\Temp', pattern: 'bad-*.sys', header: 'aa bb', keepFrom: null };
const medium = (mediaId: string, incidentId: number, keyRecordIds: readonly number[]): NewMedium => ({
  mediaId, incidentId, builtAt: '2024-07-19T08:00:00.000Z', expiresAt: null, scope: 'all', language: 'en', recipeId: 'channel-file-291', recipeVersion: 1, architecture: 'x64', payload: 'p', manifestSha256: 'm',
  imageName: 'i', imageSizeBytes: 1, hosts: 1, keyRecordIds, leftOut: [], slots: [],
});

it('begins a desk with the incident and the approved recipe it was shipped for', () => {
  const { db } = openTestDesk();
  expect(listIncidents(db)).toMatchObject([{ incidentId: 1, recipeId: 'channel-file-291', recipeVersion: 1, closedAt: null }]);
  expect(recipeForMedium(db)).toMatchObject({ incidentId: 1, recipe: { id: 'channel-file-291', version: 1, headerBytes: [0xaa, 0xaa, 0xaa, 0xaa, 1, 0, 0x23, 1], keepFromMs: Date.parse('2024-07-19T05:27:00Z') } });
});

it('closes only when every host is verified or closed, every rotation confirmed and every medium back, wiped or lost', async () => {
  const desk = openTestDesk();
  const hostId = addHost(desk, 'PC-1', { state: 'repaired' });
  addHost(desk, 'PC-2');
  const key = addKeyRecord(desk, { hostId, keyProtectorId: 1 });
  await recordMedium(desk, medium('M-0001', 1, [key]), async () => {});
  expect(closeIncident(desk, 1)).toMatchObject({ hosts: { count: 1, rows: [{ hostname: 'PC-1', state: 'repaired' }] }, rotations: { count: 1, rows: [{ hostname: 'PC-1', state: 'due' }] }, media: { count: 1, rows: [{ mediaId: 'M-0001' }] } });
  desk.db.prepare("UPDATE hosts SET state = 'verified' WHERE host_id = ?").run(hostId);
  confirmByStatement(desk, [key], 'rotated at the host');
  expect(closeIncident(desk, 1)).toMatchObject({ hosts: { count: 0 }, rotations: { count: 0 }, media: { count: 1 } });
  expect(listIncidents(desk.db)[0]).toMatchObject({ closedAt: null, hostsOpen: 0, rotationsOpen: 0, mediaOut: 1 });
  actOnMedium(desk, { mediaId: 'M-0001', to: 'wiped' });
  expect(closeIncident(desk, 1)).toBeNull();
  expect(listAudit(desk.db, { offset: 0, limit: 1 }).rows[0]).toMatchObject({ act: 'incidents.close' });
  expect(() => closeIncident(desk, 1)).toThrow(expect.objectContaining({ code: 'incident-closed' }));
  expect(() => recipeForMedium(desk.db, 1)).toThrow(expect.objectContaining({ code: 'incident-closed' }));
});

it('asks for which incident a medium is when two are open, and refuses one whose recipe nobody approved', () => {
  const desk = openTestDesk();
  addRecipe(desk, draft);
  const { incidentId } = createIncident(desk, 'Other', 'other-file');
  expect(() => createIncident(desk, 'OTHER', 'other-file')).toThrow(expect.objectContaining({ code: 'name-taken' }));
  expect(() => recipeForMedium(desk.db)).toThrow(expect.objectContaining({ code: 'several-incidents' }));
  expect(() => recipeForMedium(desk.db, incidentId)).toThrow(expect.objectContaining({ code: 'recipe-not-approved' }));
  approveRecipe({ ...desk, operator: { ...desk.operator, name: 'second' } }, 'other-file', 1);
  expect(recipeForMedium(desk.db, incidentId).recipe).toMatchObject({ id: 'other-file', version: 1, headerBytes: [0xaa, 0xbb] });
});

it('leaves no host that is open without an incident that stays open with it', () => {
  fc.assert(fc.property(fc.array(fc.record({ state: fc.constantFrom(...HOST_STATES), wave: fc.constantFrom(0, 1, 2, 3) }), { maxLength: 20 }), (hosts) => {
    const desk = openTestDesk();
    const second = createIncident(desk, 'Other', 'channel-file-291').incidentId;
    const third = createIncident(desk, 'Ended', 'channel-file-291').incidentId;
    for (const [place, incidentId] of [1, second, third].entries()) desk.db.prepare("INSERT INTO waves (wave_id, incident_id, name, place, created_at, created_by) VALUES (?, ?, ?, 1, 'a', 'b')").run(place + 1, incidentId, `W${place}`);
    expect(closeIncident(desk, third)).toBeNull(); // nothing is here yet
    hosts.forEach(({ state, wave }, n) => {
      const hostId = addHost(desk, `PC-${n}`, { state });
      if (wave > 0) desk.db.prepare('INSERT INTO wave_members (host_id, wave_id) VALUES (?, ?)').run(hostId, wave);
    });
    const isOpen = (state: string): boolean => !['known', 'verified', 'closed'].includes(state);
    const expected = (own: number): string[] => hosts.flatMap(({ state, wave }, n) => (isOpen(state) && [0, 3, own].includes(wave) ? [`PC-${n}`] : [])).sort();
    expect(listStillOpen(desk.db, 1).hosts.rows.map(({ hostname }) => hostname)).toEqual(expected(1));
    expect(listStillOpen(desk.db, second).hosts.rows.map(({ hostname }) => hostname)).toEqual(expected(2));
  }), { numRuns: 20 });
});
