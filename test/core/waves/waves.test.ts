import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { resolveScope, type Scope } from '../../../electron/core/media/scope.ts';
import { assignHosts, createWave, keepOff, listKeptOff, listWaves, moveWaveUp, openWave, removeWave } from '../../../electron/core/waves/waves.ts';
import { isInUnit, type WaveRule } from '../../../electron/core/waves/wave-rule.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

let desk: TestDesk;
beforeEach(() => { desk = openTestDesk(); });
const host = (name: string, facts: Record<string, string> = {}): number => {
  const hostId = addHost(desk, name, { state: 'ready' });
  for (const [column, value] of Object.entries(facts)) desk.db.prepare(`UPDATE hosts SET ${column} = ? WHERE host_id = ?`).run(value, hostId);
  addKeyRecord(desk, { hostId });
  return hostId;
};
const namesIn = (waveId: number): string[] => desk.db.prepare<[number], { hostname: string }>('SELECT hostname FROM wave_members JOIN hosts USING (host_id) WHERE wave_id = ? ORDER BY hostname').all(waveId).map(({ hostname }) => hostname);
const verify = (...hostIds: readonly number[]): void => { for (const hostId of hostIds) desk.db.prepare("UPDATE hosts SET state = 'verified', blocked_reason = NULL WHERE host_id = ?").run(hostId); };
const scope = (wanted: Scope, overridden = false) => resolveScope(desk.db, wanted, async () => {}, overridden);

describe('a wave', () => {
  it('is taken away when it is empty and was never opened, so that it stands in front of no gate', () => {
    const first = createWave(desk, { name: 'Canary' }), mistake = createWave(desk, { name: 'Mistake' }), last = createWave(desk, { name: 'Wards' });
    const canary = host('KI-1');
    assignHosts(desk, first.waveId, { kind: 'name', value: 'KI-1' });
    openWave(desk, first.waveId);
    verify(canary);
    expect(openWave(desk, last.waveId)).toMatchObject({ opened: false, gate: { after: 'Mistake', hosts: 0 } });
    removeWave(desk, mistake.waveId);
    expect(listWaves(desk.db).map(({ name }) => name)).toEqual(['Canary', 'Wards']);
    expect(openWave(desk, last.waveId)).toMatchObject({ opened: true, gate: { after: 'Canary' } });
    expect(listAudit(desk.db, { limit: 2, offset: 1 }).rows[0]).toMatchObject({ act: 'waves.remove', subject: 'Mistake' });
    for (const waveId of [first.waveId, last.waveId]) expect(() => removeWave(desk, waveId)).toThrow(expect.objectContaining({ code: 'not-in-this-state' })); // with a host; opened
    expect(() => removeWave(desk, mistake.waveId)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('takes hosts by rule and by hand, each host into one wave at a time', () => {
    host('KI-1', { site: 'Kiel', organizational_unit: 'OU=Ward, OU=Kiel,DC=corp', operating_system: 'Windows Server 2022' });
    host('KI-2', { site: 'KIEL', organizational_unit: 'OU=Kiel,DC=corp' });
    host('LB-1', { site: 'Lübeck', organizational_unit: 'OU=NotKiel,DC=corp' });
    desk.db.prepare("INSERT INTO host_tags SELECT 'Key server', host_id FROM hosts WHERE hostname = 'LB-1'").run();
    const { waveId } = createWave(desk, { name: 'First' });
    const cases: readonly (readonly [WaveRule, readonly string[]])[] = [
      [{ kind: 'site', value: 'kiel' }, ['KI-1', 'KI-2']], [{ kind: 'site', value: 'LÜBECK' }, ['LB-1']], [{ kind: 'organizational-unit', value: 'ou=kiel, dc=corp' }, ['KI-1', 'KI-2']], [{ kind: 'operating-system', value: 'server' }, ['KI-1']],
      [{ kind: 'tag', value: 'key SERVER' }, ['LB-1']], [{ kind: 'name', value: 'ki-*' }, ['KI-1', 'KI-2']], [{ kind: 'name', value: '??-1' }, ['KI-1', 'LB-1']], [{ kind: 'hosts', hostnames: ['ki-2', 'KI-2.corp', 'nobody'] }, ['KI-2']],
    ];
    for (const [rule, expected] of cases) {
      const { unknown } = assignHosts(desk, waveId, rule);
      expect([rule, namesIn(waveId)]).toEqual([rule, expected]);
      expect(unknown).toEqual(rule.kind === 'hosts' ? ['nobody'] : []);
      assignHosts(desk, null, { kind: 'name', value: '*-*' });
    }
    const second = createWave(desk, { name: 'Second' }).waveId;
    expect(assignHosts(desk, waveId, { kind: 'name', value: 'KI-*' })).toMatchObject({ assigned: 2, moved: 0 });
    expect(assignHosts(desk, second, { kind: 'hosts', hostnames: ['KI-1', 'LB-1'] })).toMatchObject({ assigned: 2, moved: 1 });
    expect([namesIn(waveId), namesIn(second)]).toEqual([['KI-2'], ['KI-1', 'LB-1']]);
  });

  it('is opened on the evidence of the one before it, the canary on none', () => {
    const canary = createWave(desk, { name: 'Canary' });
    const next = createWave(desk, { name: 'Next' });
    expect([canary, next]).toMatchObject([{ canary: true, place: 1 }, { canary: false, place: 2 }]);
    const hosts = Array.from({ length: 5 }, (_, n) => host(`C-${n}`));
    assignHosts(desk, canary.waveId, { kind: 'name', value: 'C-*' });
    expect(openWave(desk, next.waveId)).toMatchObject({ opened: false, gate: { met: false, after: 'Canary', opened: false, hosts: 5, verified: 0 } });
    expect(openWave(desk, canary.waveId)).toMatchObject({ opened: true, gate: { met: true, after: null } });
    verify(...hosts.slice(0, 3));
    expect(openWave(desk, next.waveId)).toMatchObject({ opened: false, gate: { verified: 3, opened: true } });
    verify(hosts[3] ?? 0);
    desk.db.prepare("UPDATE hosts SET state = 'blocked', blocked_reason = 'repair-failed' WHERE host_id = ?").run(hosts[4]);
    expect(openWave(desk, next.waveId)).toMatchObject({ opened: false, gate: { verified: 4, unexpected: 1 } });
    desk.db.prepare("UPDATE hosts SET blocked_reason = 'owner-away' WHERE host_id = ?").run(hosts[4]);
    expect(openWave(desk, next.waveId)).toMatchObject({ opened: true, gate: { met: true } });
    expect(listWaves(desk.db)[1]).toMatchObject({ openedBy: 'test', evidence: 'Canary: 4 of 5 verified, 0 unexpected' });
    expect(() => openWave(desk, next.waveId)).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
  });

  it('is opened against its gate only with a reason, which is on record', () => {
    createWave(desk, { name: 'Canary' });
    const next = createWave(desk, { name: 'Next' });
    expect(openWave(desk, next.waveId, 'key server needed now')).toMatchObject({ opened: true, gate: { met: false } });
    expect(listAudit(desk.db, { offset: 0, limit: 1 }).rows[0]).toMatchObject({ act: 'waves.open', subject: 'Next', details: expect.stringContaining('key server needed now') });
  });

  it('changes places only while neither of the two is opened', () => {
    const [first, second, third] = ['A', 'B', 'C'].map((name) => createWave(desk, { name }).waveId) as [number, number, number]; // three names
    moveWaveUp(desk, third);
    expect(listWaves(desk.db).map(({ name, place }) => [name, place])).toEqual([['A', 1], ['C', 2], ['B', 3]]);
    openWave(desk, first);
    expect(() => moveWaveUp(desk, third)).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
    moveWaveUp(desk, second);
    expect(listWaves(desk.db).map(({ name }) => name)).toEqual(['A', 'B', 'C']);
  });
});

describe('media', () => {
  it('carry no host of a wave that is not opened without an override, and none that must not be powered on', async () => {
    const canary = createWave(desk, { name: 'Canary' });
    const next = createWave(desk, { name: 'Next' });
    for (const name of ['A-1', 'B-1', 'B-2', 'N-1']) host(name);
    assignHosts(desk, canary.waveId, { kind: 'name', value: 'A-*' });
    assignHosts(desk, next.waveId, { kind: 'name', value: 'B-*' });
    openWave(desk, canary.waveId);
    expect(await scope({ kind: 'all' })).toMatchObject({ hosts: 2, leftOut: [{ hostname: 'B-1', reason: 'wave-not-opened' }, { hostname: 'B-2', reason: 'wave-not-opened' }] });
    expect(await scope({ kind: 'wave', wave: 'next' })).toMatchObject({ label: 'wave next', hosts: 0, keyRecordIds: [] });
    expect(keepOff(desk, ['b-2', 'nobody'], 'smells of smoke')).toEqual({ changed: 1, unknown: ['nobody'] });
    expect(await scope({ kind: 'hosts', hostnames: ['B-1', 'B-2'] }, true)).toMatchObject({ hosts: 1, leftOut: [{ hostname: 'B-2', reason: 'do-not-power-on' }] });
    expect(listKeptOff(desk.db)).toMatchObject([{ hostname: 'B-2', reason: 'smells of smoke', operator: 'test' }]);
    keepOff(desk, ['B-2'], null);
    openWave(desk, next.waveId, 'canary was verified by hand');
    expect(await scope({ kind: 'wave', wave: 'Next' })).toMatchObject({ hosts: 2, leftOut: [] });
    await expect(scope({ kind: 'wave', wave: 'None' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('take hosts of other waves along only where that was said', () => {
    const [first, second] = ['First', 'Site'].map((name) => createWave(desk, { name }).waveId);
    for (const name of ['KI-DC-1', 'KI-PC-1', 'KI-PC-2']) host(name);
    assignHosts(desk, first ?? 0, { kind: 'name', value: '*-DC-*' });
    expect(assignHosts(desk, second ?? 0, { kind: 'name', value: 'KI-*' }, true)).toMatchObject({ assigned: 2, moved: 0, stayed: 1 });
    expect(listWaves(desk.db).map(({ name, hosts }) => [name, hosts])).toEqual(expect.arrayContaining([['First', 1], ['Site', 2]]));
    expect(assignHosts(desk, second ?? 0, { kind: 'name', value: 'KI-*' }, true)).toMatchObject({ assigned: 0, moved: 0, stayed: 1 }); // those it has are its own
    expect(assignHosts(desk, second ?? 0, { kind: 'name', value: 'KI-*' })).toMatchObject({ assigned: 1, moved: 1, stayed: 0 });
  });

  it('carry exactly the hosts of no wave and of opened ones, whatever the plan', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ wave: fc.integer({ min: -1, max: 3 }), off: fc.boolean() }), { maxLength: 12 }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), async (hosts, opened) => {
      desk = openTestDesk();
      const waves = opened.map((isOpen, n) => { const { waveId } = createWave(desk, { name: `W ${n}` }); if (isOpen) openWave(desk, waveId, 'for this test'); return waveId; });
      hosts.forEach(({ wave, off }, n) => {
        host(`H-${n}`);
        const waveId = waves[wave];
        if (waveId !== undefined) assignHosts(desk, waveId, { kind: 'hosts', hostnames: [`H-${n}`] });
        if (off) keepOff(desk, [`H-${n}`], 'not now');
      });
      const passes = hosts.filter(({ wave, off }) => !off && (wave < 0 || opened[wave] === true)).length;
      expect(await scope({ kind: 'all' })).toMatchObject({ hosts: passes, leftOut: { length: hosts.length - passes } });
    }), { numRuns: 25 });
  });
});

it('knows an organizational unit below another by whole names only', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9]{1,6}$/);
  fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.array(part, { minLength: 1, maxLength: 3 }), (above, below) => {
    const [unit, under] = [above.map((name) => `OU=${name}`).join(','), [...below, ...above].map((name) => `ou=${name}`).join(', ')];
    expect(isInUnit(under, unit)).toBe(true);
    expect(isInUnit(`OU=x${above.map((name) => name).join(',OU=')}`, unit)).toBe(false);
  }));
});
