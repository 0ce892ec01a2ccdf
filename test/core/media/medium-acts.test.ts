import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEDIA_STATES, type MediaState } from '../../../electron/core/codes.ts';
import { actOnMedium, MEDIUM_WAYS } from '../../../electron/core/media/medium-acts.ts';
import { orderMedium, recordMedium } from '../../../electron/core/media/media-register.ts';
import { confirmByStatement, listRotations } from '../../../electron/core/rotation/rotations.ts';
import { ACTS_OF } from '../../../renderer/screens/media/medium-acts.tsx';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

async function register(desk: TestDesk, keyRecordIds: readonly number[], expiresAt: string | null = null): Promise<string> {
  const mediaId = orderMedium(desk, {});
  await recordMedium(desk, {
    mediaId, builtAt: new Date(desk.clock()).toISOString(), expiresAt, scope: 'all', language: 'en', recipeId: 'channel-file-291', incidentId: 1, recipeVersion: 1, architecture: 'x64', payload: 'p', manifestSha256: 'm',
    imageName: 'a.img', imageSizeBytes: 1, hosts: keyRecordIds.length, keyRecordIds, leftOut: [], slots: [{ slot: 1, technician: 'test', recordKey: new Uint8Array(32) }],
  }, () => Promise.resolve());
  return mediaId;
}

describe('a medium on its way', () => {
  it('goes to a holder, to another one, and back; every step is on record', async () => {
    const desk = openTestDesk();
    const mediaId = await register(desk, [addKeyRecord(desk, { hostId: addHost(desk, 'PC-1') })]);
    desk.advance(60_000);
    expect(actOnMedium(desk, { mediaId, to: 'issued', holder: 'tech-04' }).medium).toMatchObject({ state: 'issued', holder: 'tech-04', stateAt: '2024-07-19T08:01:00.000Z' });
    expect(actOnMedium(desk, { mediaId, to: 'issued', holder: 'tech-05' }).medium.holder).toBe('tech-05');
    expect(actOnMedium(desk, { mediaId, to: 'returned' }).medium).toMatchObject({ state: 'returned', holder: null });
    expect(actOnMedium(desk, { mediaId, to: 'wiped' }).medium.state).toBe('wiped');
    expect(desk.db.prepare("SELECT act, json_extract(details, '$.holder') AS holder FROM audit_entries WHERE act IN ('media.issue', 'media.return', 'media.wipe')").all())
      .toEqual([{ act: 'media.issue', holder: 'tech-04' }, { act: 'media.issue', holder: 'tech-05' }, { act: 'media.return', holder: 'tech-05' }, { act: 'media.wipe', holder: null }]);
  });

  it('is not handed over once it has expired, and still comes back, is wiped or gets lost', async () => {
    const desk = openTestDesk();
    const [out, here] = [await register(desk, [], '2024-07-19T09:00:00Z'), await register(desk, [], '2024-07-19T09:00:00Z')];
    actOnMedium(desk, { mediaId: out, to: 'issued', holder: 'tech-04' });
    desk.advance(3_600_000);
    for (const mediaId of [out, here]) expect(() => actOnMedium(desk, { mediaId, to: 'issued', holder: 'tech-05' })).toThrow(expect.objectContaining({ code: 'medium-expired', facts: { mediaId } }));
    expect(actOnMedium(desk, { mediaId: out, to: 'returned' }).medium.state).toBe('returned');
    expect(actOnMedium(desk, { mediaId: out, to: 'wiped' }).medium.state).toBe('wiped');
    expect(actOnMedium(desk, { mediaId: here, to: 'lost' }).medium.state).toBe('lost');
  });

  it('that is lost puts everything on it at the head of the rotation list in one act, but for what was replaced since', async () => {
    const desk = openTestDesk();
    const records = Array.from({ length: 5 }, (_, n) => addKeyRecord(desk, { hostId: addHost(desk, `PC-${n}`) }));
    const mediaId = await register(desk, records.slice(0, 3));
    await register(desk, records.slice(3));
    confirmByStatement(desk, [records[0] ?? 0], 'replaced at the host');
    expect(actOnMedium(desk, { mediaId, to: 'lost', note: 'left in a taxi' })).toMatchObject({ medium: { state: 'lost' }, rotations: 2 });
    const { rows } = listRotations(desk.db, { states: ['due'], offset: 0, limit: 9 });
    expect(rows.map(({ keyRecordId, risk }) => [keyRecordId, risk])).toEqual([[records[1], 'lost'], [records[2], 'lost'], [records[3], 'sealed'], [records[4], 'sealed']]);
    expect(listRotations(desk.db, { states: ['confirmed'], offset: 0, limit: 9 }).total).toBe(1);
  });

  it('takes no other way than the table allows, whatever is tried in whatever order', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('issued' as const, 'returned' as const, 'wiped' as const, 'lost' as const), { maxLength: 8 }), async (acts) => {
      const desk = openTestDesk();
      const mediaId = await register(desk, []);
      let state: MediaState = 'built';
      for (const to of acts) {
        const attempt = (): MediaState => actOnMedium(desk, { mediaId, to, holder: 'somebody', note: 'because' }).medium.state;
        if (MEDIUM_WAYS[to].includes(state)) expect(state = attempt()).toBe(to);
        else expect(attempt).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
      }
      desk.db.close();
    }), { numRuns: 60 });
  });

  it('is offered exactly those acts on its screen', () => {
    const states = { issue: 'issued', return: 'returned', wipe: 'wiped', lose: 'lost' } as const;
    for (const state of MEDIA_STATES) expect(ACTS_OF[state].map((act) => states[act]).toSorted()).toEqual((['issued', 'returned', 'wiped', 'lost'] as const).filter((to) => MEDIUM_WAYS[to].includes(state)).toSorted());
  });
});
