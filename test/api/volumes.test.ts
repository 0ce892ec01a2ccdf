import { spawnSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { volumeHandlers } from '../../electron/api/handlers/volumes.ts';
import type { Output } from '../../electron/api/contract.ts';
import { listAudit } from '../../electron/core/audit/audit.ts';
import type { Desk } from '../../electron/core/desk.ts';
import { recoveryPasswordFromBytes } from '../../electron/core/keys/recovery-password.ts';
import { openFingerprint, openPageSealer } from '../../electron/store/sealed-pages.ts';
import { addOperator } from '../../electron/core/operators/operators.ts';
import { constructedPassword16 } from '../support/constructed-passwords.ts';
import { constructVolume, type ConstructedVolume } from '../support/construct-volume.ts';
import { LOW_COST, openNewDesk, PASSPHRASE, signIn } from '../support/open-desk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let volume: ConstructedVolume;
beforeAll(() => { volume = constructVolume({ seed: 7, recoveryPasswords: 2 }); });

/** Puts records in by hand: for the n-th protector of the volume, the password given. */
function keep(desk: Desk, passwords: readonly Uint8Array[]): void {
  const marks = passwords.map(openFingerprint(desk.keys.fingerprintKey)); // before sealing, which wipes
  const pageId = openPageSealer(desk.db, desk.keys.key2Public).seal(new Uint8Array(Buffer.concat(passwords)));
  desk.db.exec("INSERT INTO imports (import_id, operator, started_at) VALUES (1, 'first', 'now'); INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (1, 1, 'x', 'x', 'any-text')");
  const insert = desk.db.prepare("INSERT INTO key_records (key_protector_id, import_file_id, source_row, page_id, place, fingerprint) VALUES (?, 1, 1, ?, ?, ?)");
  const index = desk.db.prepare('INSERT INTO key_ids (key_protector_id, key_record_id) VALUES (?, ?)');
  passwords.forEach((_, place) => {
    const id = Buffer.from((volume.protectors[place]?.keyProtectorId ?? '').replaceAll('-', ''), 'hex');
    index.run(id, insert.run(id, pageId, place, marks[place]).lastInsertRowid);
  });
}

async function attach(): Promise<string> {
  const path = join(temporaryFolder(), 'pulled-disk.img');
  writeFileSync(path, volume.image);
  return path;
}

async function test(desk: Desk, input: { path: string; recoveryPassword?: string }): Promise<{ events: number; done: Record<string, unknown> }> {
  let events = 0;
  let done: Record<string, unknown> = {};
  for await (const event of volumeHandlers(() => desk)['volumes.test'](input, new AbortController().signal)) {
    events += 1;
    if (event.kind === 'done') done = event;
  }
  return { events, done };
}

type Inspected = Extract<Output<'volumes.inspect'>, { kind: 'done' }>;

async function inspect(desk: Desk, path: string): Promise<Inspected> {
  let done: Inspected | null = null;
  for await (const event of volumeHandlers(() => desk)['volumes.inspect']({ path }, new AbortController().signal)) if (event.kind === 'done') done = event;
  if (done === null) throw new Error('no answer');
  return done;
}

describe('an attached disk', () => {
  it('shows which protectors the store has a key record for', async () => {
    const { desk } = await openNewDesk();
    keep(desk, [volume.protectors[0]?.password.slice() ?? new Uint8Array(16)]);
    const disk = await inspect(desk, await attach());
    expect(disk).toMatchObject({ container: 'raw', declined: false, volumes: [{ volumeId: volume.volumeId, computerName: 'CONSTRUCTED-01' }] });
    expect(disk.volumes[0]?.protectors.map(({ kind, keyRecords }) => [kind, keyRecords.length])).toEqual([['tpm', 0], ['recovery-password', 1], ['recovery-password', 0]]);
  });

  it('is tested with every key record whose ID stands on it: the right one opens, the wrong one does not, and both are on record', async () => {
    const { desk } = await openNewDesk();
    keep(desk, [volume.protectors[0]?.password.slice() ?? new Uint8Array(16), constructedPassword16(99)]);
    const { done, events } = await test(desk, { path: await attach() });
    expect(done['tested']).toMatchObject([{ status: 'opened', keyProtectorId: volume.protectors[0]?.keyProtectorId, revealsOthers: [volume.protectors[1]?.keyProtectorId] }, { status: 'not-opened' }]);
    expect(events).toBeGreaterThan(10);
    expect(desk.db.prepare('SELECT tested_at IS NOT NULL AS tested FROM key_records ORDER BY key_record_id').all()).toEqual([{ tested: 1 }, { tested: 0 }]);
    expect(listAudit(desk.db, { offset: 0, limit: 1 }).rows[0]).toMatchObject({ act: 'volumes.test', subject: volume.volumeId });
  });

  it('is tested with a typed recovery password, which an answer never repeats', async () => {
    const { desk } = await openNewDesk();
    const path = await attach();
    const typed = recoveryPasswordFromBytes(volume.protectors[1]?.password ?? []) ?? '';
    const { done } = await test(desk, { path, recoveryPassword: typed.replaceAll('-', ' ') });
    expect(done['tested']).toMatchObject([{ status: 'opened', keyRecordId: null, keyProtectorId: volume.protectors[1]?.keyProtectorId }]);
    expect(JSON.stringify(done)).not.toContain(typed.slice(0, 6));
    await expect(test(desk, { path, recoveryPassword: typed.replace(/^\d/, (digit) => String((Number(digit) + 1) % 7)) })).rejects.toMatchObject({ code: 'recovery-password-wrong' });
  });

  it('is not tested with stored records by somebody who can not read them', async () => {
    const { desk, ports } = await openNewDesk();
    keep(desk, [volume.protectors[0]?.password.slice() ?? new Uint8Array(16)]);
    await addOperator(desk, ports.folder, { name: 'overseer', roles: ['supervisor'], passphrase: PASSPHRASE }, LOW_COST);
    await expect(test(await signIn(ports, 'overseer'), { path: await attach() })).rejects.toMatchObject({ code: 'cannot-read-recovery-passwords' });
  });

  it('on which nothing can be tried says why: no key record, no recovery password, damaged, or open anyway', async () => {
    const { desk } = await openNewDesk();
    const path = join(temporaryFolder(), 'volume.img');
    const outcome = async (image: Uint8Array) => { writeFileSync(path, image); const { done } = await test(desk, { path }); return { tested: done['tested'], untested: done['untested'], suspended: done['suspended'] }; };
    expect(await outcome(volume.image)).toEqual({ tested: [], untested: [{ offset: 0, why: 'no-key-record', keyProtectorIds: volume.protectors.map(({ keyProtectorId }) => keyProtectorId) }], suspended: [] });
    expect(await outcome(constructVolume({ seed: 8, recoveryPasswords: 0, protections: [0x0000] }).image)).toEqual({ tested: [], untested: [{ offset: 0, why: 'no-recovery-password', keyProtectorIds: [] }], suspended: [0] });
    writeFileSync(path, constructVolume({ seed: 8, recoveryPasswords: 0 }).image);
    expect((await test(desk, { path, recoveryPassword: recoveryPasswordFromBytes(constructedPassword16(1)) ?? '' })).done).toMatchObject({ tested: [], untested: [{ why: 'no-recovery-password' }] });
    expect(listAudit(desk.db, { offset: 0, limit: 1 }).rows[0]?.details).toContain('"typed":true');
    expect(await outcome(constructVolume({ seed: 8, recoveryPasswords: 0, damaged: [0, 1, 2] }).image)).toMatchObject({ untested: [{ why: 'damaged' }], suspended: [] });
  });

  it('says how far Windows was with encrypting it, and every kind of protector', async () => {
    const { desk } = await openNewDesk();
    const path = join(temporaryFolder(), 'volume.img');
    for (const [states, conversion] of [[[4, 4], 'encrypted'], [[2, 4], 'encrypting'], [[2, 1], 'decrypting'], [[5, 4], 'paused'], [[1, 1], 'decrypted'], [[9, 9], 'unknown']] as const) {
      writeFileSync(path, constructVolume({ seed: 9, recoveryPasswords: 0, states }).image);
      expect((await inspect(desk, path)).volumes).toMatchObject([{ conversion }]);
    }
    writeFileSync(path, constructVolume({ seed: 9, recoveryPasswords: 0, protections: [0x0000, 0x0200, 0x0300, 0x0500, 0x0700, 0x0800, 0x1000, 0x2000, 0x4242] }).image);
    expect((await inspect(desk, path)).volumes[0]?.protectors.map(({ kind }) => kind)).toEqual(['tpm', 'clear-key', 'startup-key', 'tpm-and-startup-key', 'tpm-and-pin', 'tpm-and-pin-and-startup-key', 'recovery-password', 'smart-card', 'password', 'other']);
  });

  it('that is no disk of this computer, or needs an administrator, is told apart from a file that is missing', async () => {
    const { desk } = await openNewDesk();
    await expect(inspect(desk, '/dev/no-such-disk')).rejects.toMatchObject({ code: 'file-not-found', facts: { why: 'ENOENT' } });
    const pipe = join(temporaryFolder(), 'pipe');
    if (spawnSync('mkfifo', [pipe]).status === 0) await expect(inspect(desk, pipe)).rejects.toMatchObject({ code: 'file-unreadable', facts: { why: 'not-a-file' } });
    await expect(inspect(desk, join(temporaryFolder(), 'no-such-file'))).rejects.toMatchObject({ code: 'file-not-found', facts: { path: expect.stringContaining('no-such-file') as string } });
  });

  it('is read as long as it takes, says how far it is, and is left alone as soon as somebody breaks it off', async () => {
    const { desk } = await openNewDesk();
    const path = join(temporaryFolder(), 'empty-disk.img');
    writeFileSync(path, '');
    truncateSync(path, 2 * 1024 ** 4); // sparse: holds nothing
    const stop = new AbortController();
    const heard: Output<'volumes.inspect'>[] = [];
    const inspecting = (async () => {
      for await (const event of volumeHandlers(() => desk)['volumes.inspect']({ path }, stop.signal)) {
        heard.push(event);
        if (event.kind === 'searching' && event.ofBytes > 0) stop.abort();
      }
    })();
    await expect(inspecting).rejects.toMatchObject({ code: 'cancelled' });
    expect(heard[0]).toEqual({ kind: 'searching', searchedBytes: 0, ofBytes: 0 });
    expect(heard.at(-1)).toMatchObject({ kind: 'searching', ofBytes: 1024 ** 3 });
  });
});
