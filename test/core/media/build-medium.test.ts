import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../electron/core/app-error.ts';
import { verifyAudit } from '../../../electron/core/audit/audit.ts';
import { recoveryPasswordToBytes } from '../../../electron/core/keys/recovery-password.ts';
import { buildMedium, type BuildMediumLoan, type BuiltMedium } from '../../../electron/core/media/build-medium.ts';
import { findTechnicians, type MediumToBuild } from '../../../electron/core/media/medium-order.ts';
import type { BuildProgress } from '../../../electron/core/media/image-order.ts';
import type { FileInTheMaking } from '../../../electron/core/media/media-ports.ts';
import { getMedium, listLeftOut, listMedia, readRecordKeys } from '../../../electron/core/media/media-register.ts';
import { listOpenOrders, orderWithoutPasscode, withdrawOrder } from '../../../electron/core/media/media-orders.ts';
import { readOpenPasscode } from '../../../electron/core/media/open-passcode.ts';
import { parsePasscode } from '../../../electron/core/media/passcode.ts';
import { actOnMedium } from '../../../electron/core/media/medium-acts.ts';
import { openMedium } from '../../../electron/core/media/read-image.ts';
import { openSealedKeyBundle } from '../../../electron/core/media/sealed-key-bundle-reader.ts';
import { setPolicies } from '../../../electron/core/policies/policies.ts';
import { AGENT_FILES, makeMediaDesk, type MediaDesk } from '../../fixtures/media-desk.ts';
import { addHost, addKeyRecord, addOperator, openTestDesk, passwordOf, type TestDesk } from '../remediation/test-desk.ts';
import { protector } from '../remediation/test-records.ts';

let desk: TestDesk;
let media: MediaDesk;
let lent: BuildMediumLoan;
beforeEach(() => {
  desk = openTestDesk();
  media = makeMediaDesk();
  lent = { media: media.ports, agentFiles: async () => [...AGENT_FILES, { name: 'README.txt', bytes: Buffer.from('Read me.\r\n') }], breathe: async () => {} };
});
afterEach(() => { media[Symbol.dispose](); });

const order = (changes: Partial<MediumToBuild> = {}): MediumToBuild => ({
  base: media.base('winre-x64.wim'), out: join(media.folder, 'medium.img'), overwrite: false, scope: { kind: 'all' }, language: 'en', technicians: ['test'], ...changes,
});
async function build(changes: Partial<MediumToBuild> = {}, loan = lent, signal = new AbortController().signal): Promise<{ built: BuiltMedium; steps: Set<string> }> {
  const steps = new Set<string>();
  const stream = buildMedium(desk, order(changes), loan, signal);
  for (;;) {
    const next: IteratorResult<BuildProgress, BuiltMedium> = await stream.next();
    if (next.done === true) return { built: next.value, steps };
    steps.add(next.value.step);
  }
}
const acts = (): unknown[] => desk.db.prepare("SELECT act, subject FROM audit_entries ORDER BY entry_number").all().map((row) => Object.values(row as object).join(' '));
const images = (): string[] => readdirSync(media.folder).filter((name) => name.startsWith('medium'));
/** Two hosts with three key records that can be on a medium, one that can not, one without any. */
function fill(): number[] {
  const one = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
  const two = addHost(desk, 'KI-SURG-0418', { state: 'ready' });
  addKeyRecord(desk, { hostId: addHost(desk, 'KI-SURG-0419', { state: 'ready' }), keyProtectorId: null });
  addHost(desk, 'KI-SURG-0420', { state: 'reported' });
  return [1, 2, 3].map((n) => addKeyRecord(desk, { hostId: n === 3 ? two : one, keyProtectorId: n, password: n }));
}

describe('a medium with the manual steps alone', () => {
  const manual = (changes: Partial<MediumToBuild> = {}): Partial<MediumToBuild> => ({ mode: 'manual', technicians: [], ...changes });
  const rowsOf = (table: string): unknown => desk.db.prepare(`SELECT count(*) AS n FROM ${table}`).get();

  test('is made of a base without script host, in the register for every host in scope, with nobody\'s passcode and nothing sealed, disclosed or due', async () => {
    fill();
    const { built } = await build(manual({ base: media.base('no-scrrun.wim') }));
    expect(built).toMatchObject({ passcodes: [], leftOut: [], medium: { mediaId: 'M-0001', mode: 'manual', hosts: 4, keyRecords: 0, technicians: [] } });
    for (const table of ['disclosures', 'rotations', 'media_members', 'media_slots']) expect([table, rowsOf(table)]).toEqual([table, { n: 0 }]);
    const medium = await openMedium(built.out, lent.media.files);
    expect([medium.marker.mode, await medium.tree.list('bluelift/bundle'), (await medium.check()).mismatches]).toEqual(['manual', [], []]);
    await medium.close();
    for (const to of ['issued', 'lost'] as const) expect(actOnMedium(desk, { mediaId: 'M-0001', to, holder: 'Kim' })).toMatchObject({ medium: { state: to }, rotations: 0 });
    expect(verifyAudit(desk.db).intact).toBe(true);
  });

  test('is made of a whole base too, as every format', async () => {
    fill();
    for (const format of ['vhd', 'iso', 'pxe'] as const) {
      const { built } = await build(manual({ format, out: join(media.folder, `manual-${format}`) }));
      const medium = await openMedium(built.out, lent.media.files);
      expect([medium.marker.mode, (await medium.check()).mismatches]).toEqual(['manual', []]);
      await medium.close();
    }
  });

  test('says by name what is nothing for it, and every other medium that a technician is missing', async () => {
    fill();
    for (const [field, changes] of [['technicians', { technicians: ['test'] }], ['withoutPasscode', { withoutPasscode: 'O-0001' }], ['keepCopies', { keepCopies: true }]] as const) {
      await expect(build(manual(changes))).rejects.toMatchObject({ code: 'invalid-input', facts: { field, reason: 'not-on-manual-medium' } });
    }
    await expect(build({ technicians: [] })).rejects.toMatchObject({ code: 'invalid-input', facts: { field: 'technicians', reason: 'missing' } });
    expect([listMedia(desk.db, { offset: 0, limit: 9 }).total, acts()]).toEqual([0, []]);
  });
});

describe('a medium for hosts without a key', () => {
  test.each(['safe-boot', 'inspect'] as const)('can be built for %s with nothing sealed on it, and its passcode opens the empty bundle', async (mode) => {
    addHost(desk, 'KI-SURG-0420', { state: 'reported' });
    const loan = { ...lent, agentFiles: async () => [...(await lent.agentFiles()), { name: 'safe-mode.cmd', bytes: Buffer.from('@echo off\r\n') }] };
    const { built } = await build({ scope: { kind: 'hosts', hostnames: ['KI-SURG-0420'] }, mode, keepCopies: true }, loan);
    expect(built).toMatchObject({ medium: { mode, keyRecords: 0, leftOut: 1 }, leftOut: [{ hostname: 'KI-SURG-0420', reason: 'no-key' }] });
    const medium = await openMedium(built.out, media.ports.files);
    try {
      expect(medium.marker.mode).toBe(mode);
      const passcode = parsePasscode(built.passcodes[0]?.passcode ?? '');
      const bundle = await openSealedKeyBundle((path, most) => medium.readSmallFile(`bluelift/bundle/${path}`, most), passcode.status === 'ok' ? passcode.passcode : (() => { throw new Error('no passcode'); })());
      expect(bundle.status).toBe('opened');
      if (bundle.status === 'opened') expect(await bundle.find(protector(1))).toMatchObject({ status: 'not-on-this-medium' });
    } finally { await medium.close(); }
  });
});

describe('a medium built at the desk', () => {
  test('is on record with what starts it, partition by partition', async () => {
    fill();
    const one = await build({ base: media.base('serviced-x64.wim') });
    expect(one.built.medium.loaders).toEqual([{ signedUnder: [], securityVersion: '8.0' }]);
    const two = await build({ base: media.base('serviced-x64.wim'), out: join(media.folder, 'medium-2.img'), twoLoaders: true });
    expect(two.built.medium.loaders).toEqual([{ signedUnder: [], securityVersion: '9.0' }, { signedUnder: [], securityVersion: '8.0' }]);
    expect(listMedia(desk.db, { offset: 0, limit: 10 }).rows.map(({ loaders }) => loaders.length)).toEqual([2, 1]);
  });

  test('opens the volumes in its scope with the passcode of each technician, and no other', async () => {
    fill();
    addOperator(desk, 'tech-ki-04', ['technician']);
    const { built, steps } = await build({ technicians: ['tech-ki-04', 'TEST', 'test'], expiresAt: '2024-07-26T08:00:00.000Z' });
    expect(built.passcodes.map(({ technician }) => technician)).toEqual(['tech-ki-04', 'test']);
    expect([...steps]).toContain('write');
    const image = await openMedium(built.out, media.ports.files);
    try {
      expect(image.marker).toMatchObject({ mediaId: 'M-0001', language: 'en', recipe: 'channel-file-291 1', expiresAt: '2024-07-26T08:00:00Z', payload: built.medium.payload });
      expect(image.manifest?.auditHead).toMatch(/^1:[0-9a-f]{64}$/);
      expect((await image.check()).mismatches).toEqual([]);
      for (const [i, { passcode }] of built.passcodes.entries()) {
        const parsed = parsePasscode(passcode);
        if (parsed.status !== 'ok') throw new Error('no passcode');
        const bundle = await openSealedKeyBundle((path, most) => image.readSmallFile(`bluelift/bundle/${path}`, most), parsed.passcode);
        if (bundle.status !== 'opened') throw new Error(bundle.status);
        expect(bundle.slot).toBe(i + 1);
        expect(readRecordKeys(desk.db, 'M-0001').get(i + 1)).toEqual(new Uint8Array(bundle.recordKey));
        for (const n of [1, 2, 3]) {
          const found = await bundle.find(protector(n));
          expect(found.status === 'found' && Buffer.from(recoveryPasswordToBytes(found.recoveryPassword)).equals(passwordOf(n))).toBe(true);
        }
        expect(await bundle.find(protector(4))).toEqual({ status: 'not-on-this-medium' });
      }
    } finally { await image.close(); }
  });

  test('is on record with everything on it: members, left out, one disclosure, audit', async () => {
    const records = fill();
    const { built } = await build({ scope: { kind: 'hosts', hostnames: ['ki-surg-0417', 'KI-SURG-0418', 'KI-SURG-0419', 'KI-SURG-0420', 'HH-GONE-1'] } });
    expect(built.medium).toMatchObject({
      mediaId: 'M-0001', state: 'built', builtBy: 'test', expiresAt: null, scope: 'hosts 5', hosts: 2, keyRecords: 3, leftOut: 3, technicians: ['test'], language: 'en', recipe: 'channel-file-291 1',
      architecture: 'x64', imageName: 'medium.img', results: 0,
    });
    expect(built.leftOut).toEqual([{ hostname: 'HH-GONE-1', reason: 'not-in-store' }, { hostname: 'KI-SURG-0419', reason: 'no-key-protector-id' }, { hostname: 'KI-SURG-0420', reason: 'no-key' }]);
    expect(listLeftOut(desk.db, 'M-0001', 10)).toEqual(built.leftOut);
    expect(desk.db.prepare('SELECT key_record_id FROM media_members').pluck().all()).toEqual(records);
    expect(desk.db.prepare('SELECT way, reason, media_id, key_record_id FROM disclosures').all()).toEqual([{ way: 'medium', reason: 'mass-incident', media_id: 'M-0001', key_record_id: null }]);
    expect(desk.db.prepare('SELECT manifest_sha256 FROM media').pluck().get()).toBe(built.manifestSha256);
    expect(acts()).toEqual(['media.build-started M-0001', 'media.build M-0001']);
    expect(desk.db.prepare("SELECT details FROM audit_entries WHERE act = 'media.build'").pluck().get()).toContain(built.manifestSha256);
    expect(verifyAudit(desk.db).intact).toBe(true);
    expect(listMedia(desk.db, { offset: 0, limit: 10 })).toEqual({ total: 1, rows: [built.medium] });
  });

  test('leaves its passcode nowhere', async () => {
    fill();
    const { built } = await build();
    const [first] = built.passcodes;
    const bare = (first?.passcode ?? '').replaceAll('-', '');
    const everything = desk.db.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'hosts_search%'").all()
      .map(({ name }) => JSON.stringify(desk.db.prepare(`SELECT * FROM ${name}`).all())).join('\n');
    expect(bare).toHaveLength(18);
    expect(everything.includes(bare) || everything.includes(first?.passcode ?? '-')).toBe(false);
  });

  test('gets a name of its own every time, also after a failure', async () => {
    fill();
    await build();
    const full = async (): Promise<never> => { throw new AppError('disk-full'); };
    const files = { ...media.ports.files, create: async (path: string, overwrite: boolean): Promise<FileInTheMaking> => ({ ...await media.ports.files.create(path, overwrite), reserve: full }) };
    await expect(build({ overwrite: true }, { ...lent, media: { ...media.ports, files } })).rejects.toMatchObject({ code: 'disk-full' });
    expect((await build({ overwrite: true })).built.medium.mediaId).toBe('M-0003');
    expect(acts()).toEqual(['media.build-started M-0001', 'media.build M-0001', 'media.build-started M-0002', 'media.build-failed M-0002', 'media.build-started M-0003', 'media.build M-0003']);
  });
});

describe('a medium without a passcode', () => {
  const allow = (): void => void setPolicies(desk, { mediaWithoutPasscodeAllowed: true });

  test('is built by an order only, which the policy must allow and which is good for one: two audit rows, one order ID', async () => {
    fill();
    expect(() => orderWithoutPasscode(desk, 'no typing in the cold store')).toThrow(expect.objectContaining({ code: 'policy-forbids' }));
    allow();
    await expect(build({ withoutPasscode: 'O-0001' })).rejects.toMatchObject({ code: 'not-ordered' });
    const { orderId } = orderWithoutPasscode(desk, 'no typing in the cold store');
    expect(listOpenOrders(desk.db)).toMatchObject([{ orderId: 'O-0001', orderedBy: 'test', why: 'no typing in the cold store' }]);
    const { built } = await build({ withoutPasscode: orderId });
    expect(built.medium).toMatchObject({ withoutPasscode: true, technicians: [] });
    expect(built.passcodes).toEqual([]);
    expect(listOpenOrders(desk.db)).toEqual([]);
    await expect(build({ withoutPasscode: orderId, overwrite: true })).rejects.toMatchObject({ code: 'not-ordered' });
    const rows = desk.db.prepare("SELECT act, subject, json_extract(details, '$.orderId') AS orderId FROM audit_entries WHERE act IN ('media.order-without-passcode', 'media.build') ORDER BY entry_number").all();
    expect(rows).toEqual([{ act: 'media.order-without-passcode', subject: orderId, orderId: null }, { act: 'media.build', subject: built.medium.mediaId, orderId }]);
  });

  test('opens with what lies beside its bundle and the key protector ID, and with the ID of no other volume', async () => {
    fill();
    allow();
    const { built } = await build({ withoutPasscode: orderWithoutPasscode(desk, 'a reason').orderId });
    const image = await openMedium(built.out, media.ports.files);
    try {
      expect((await image.check()).mismatches).toEqual([]);
      const parsed = parsePasscode(readOpenPasscode(Buffer.from((await image.readSmallFile('bluelift/bundle/open.txt', 1024)) ?? []).toString('latin1')));
      if (parsed.status !== 'ok') throw new Error(parsed.status);
      const bundle = await openSealedKeyBundle((path, most) => image.readSmallFile(`bluelift/bundle/${path}`, most), parsed.passcode);
      if (bundle.status !== 'opened') throw new Error(bundle.status);
      expect((await bundle.find(protector(1))).status).toBe('found');
      expect((await bundle.find(protector(4))).status).toBe('not-on-this-medium');
    } finally { await image.close(); }
  });

  test('is not built once the order was withdrawn or the policy taken back', async () => {
    fill();
    allow();
    const [first, second] = [orderWithoutPasscode(desk, 'a reason'), orderWithoutPasscode(desk, 'a reason')];
    withdrawOrder(desk, first.orderId);
    expect(() => withdrawOrder(desk, first.orderId)).toThrow(expect.objectContaining({ code: 'not-ordered' }));
    await expect(build({ withoutPasscode: first.orderId })).rejects.toMatchObject({ code: 'not-ordered' });
    setPolicies(desk, { mediaWithoutPasscodeAllowed: false });
    await expect(build({ withoutPasscode: second.orderId })).rejects.toMatchObject({ code: 'policy-forbids' });
    expect(listMedia(desk.db, { offset: 0, limit: 1 }).total).toBe(0);
  });
});

describe('the order of things', () => {
  test('puts the medium on record before its image has a name', async () => {
    const records = fill();
    let seen: unknown;
    const files = { ...media.ports.files, create: async (path: string, overwrite: boolean): Promise<FileInTheMaking> => {
      const target = await media.ports.files.create(path, overwrite);
      return { ...target, commit: async () => {
        seen = { media: listMedia(desk.db, { offset: 0, limit: 1 }).total, members: desk.db.prepare('SELECT count(*) FROM media_members').pluck().get(), images: images().filter((name) => name === 'medium.img') };
        await target.commit();
      } };
    } };
    await build({}, { ...lent, media: { ...media.ports, files } });
    expect(seen).toEqual({ media: 1, members: records.length, images: [] });
    expect(images()).toEqual(['medium.img']);
  });

  test('counts a medium as wiped whose image could not be named', async () => {
    fill();
    const files = { ...media.ports.files, create: async (path: string, overwrite: boolean): Promise<FileInTheMaking> => ({ ...await media.ports.files.create(path, overwrite), commit: () => Promise.reject(new Error('pulled out')) }) };
    await expect(build({}, { ...lent, media: { ...media.ports, files } })).rejects.toThrow('pulled out');
    expect(getMedium(desk.db, 'M-0001').state).toBe('wiped');
    expect(acts()).toEqual(['media.build-started M-0001', 'media.build M-0001', 'media.build-failed M-0001']);
    expect(images()).toEqual([]);
  });

  test.each(['seal', 'write'] as const)('leaves nothing but an audit line when it is cancelled in step %s', async (step) => {
    fill();
    const stop = new AbortController();
    const stream = buildMedium(desk, order({ base: media.base('windows-x64.iso') }), lent, stop.signal);
    await expect((async () => {
      for await (const progress of stream) if (progress.step === step) stop.abort();
    })()).rejects.toMatchObject({ code: 'cancelled' });
    expect([listMedia(desk.db, { offset: 0, limit: 1 }).total, images()]).toEqual([0, []]);
    expect(acts()).toEqual(['media.build-started M-0001', 'media.build-failed M-0001']);
  });

  test('stops when nobody listens any more', async () => {
    fill();
    for await (const _ of buildMedium(desk, order({ base: media.base('windows-x64.iso') }), lent, new AbortController().signal)) break;
    expect([listMedia(desk.db, { offset: 0, limit: 1 }).total, images(), acts()]).toEqual([0, [], []]);
  });
});

describe('an order that can not be carried out', () => {
  test.each([
    ['not-found', { technicians: ['nobody'] }], ['not-found', { technicians: ['gone'] }], ['not-found', { technicians: ['new'] }], ['not-a-technician', { technicians: ['hd-1'] }],
    ['invalid-input', { expiresAt: '2024-07-19T07:00:00.000Z' }], ['nothing-to-put-on-media', { scope: { kind: 'hosts', hostnames: ['KI-SURG-0420'] } as const }],
  ])('is refused as %s before anything is done', async (code, changes) => {
    fill();
    addOperator(desk, 'gone', ['technician'], 'disabled');
    addOperator(desk, 'new', ['technician'], 'pending');
    addOperator(desk, 'hd-1', ['helpdesk']);
    await expect(build(changes)).rejects.toMatchObject({ code });
    expect([acts(), images()]).toEqual([[], []]);
  });

  test('does not write the image over its own base', async () => {
    fill();
    const base = media.base('winre-x64.wim');
    await expect(build({ base, out: base, overwrite: true })).rejects.toMatchObject({ code: 'invalid-input', facts: { field: 'out' } });
  });

  test.each([['base-lacks-files', 'no-scrrun.wim'], ['base-architecture-refused', 'boot-x86.wim']] as const)('is refused as %s before a key is read', async (code, name) => {
    fill();
    const closed = { ...desk, keys: { ...desk.keys, get key2Private(): never { throw new Error('a key was read'); } } };
    await expect((async () => { for await (const _ of buildMedium(closed, order({ base: media.base(name) }), lent, new AbortController().signal)); })()).rejects.toMatchObject({ code });
    expect(images()).toEqual([]);
  });

  test('needs somebody who can read recovery passwords', async () => {
    fill();
    const supervisor = { ...desk, keys: { ...desk.keys, key2Private: null } };
    await expect((async () => { for await (const _ of buildMedium(supervisor, order(), lent, new AbortController().signal)); })()).rejects.toMatchObject({ code: 'cannot-read-recovery-passwords' });
    expect(acts()).toEqual(['media.build-started M-0001', 'media.build-failed M-0001']);
  });

  test('takes the caller as a technician, whatever their roles', () => {
    addOperator(desk, 'hd-1', ['helpdesk']);
    expect(findTechnicians(desk.db, [' HD-1 '], { operatorId: 2, name: 'hd-1', roles: ['helpdesk'], mustChangePassphrase: false })).toEqual(['hd-1']);
  });
});
