// The conversation at one host with one Windows, from the passcode to the restart.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatOpenPasscode } from '../../electron/core/media/open-passcode.ts';
import { formatPasscode } from '../../electron/core/media/passcode.ts';
import { NEXT } from '../../scripts/media/agent/next.ts';
import { isTakenOut } from '../../scripts/media/agent/watch.ts';
import { FAULTY_PATH, FOLDER, makeKey, newPasscode, play, recordOn, setScene } from './scene.ts';

describe('the conversation at the host', () => {
  test('goes from the passcode to a signed record and only then to a restart', async () => {
    const { host, key, passcode, bundle } = await setScene();
    expect(play(host, null)).toBe(NEXT.askPasscode);
    expect(host.said.join('\n')).toContain(`D: locked, Key ID ${key.id.slice(0, 8)}`);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    expect(host.removed).toEqual([FAULTY_PATH]);
    const record = recordOn(host);
    expect(record).toContain('outcome=repaired\r\n');
    const signedText = record.slice(0, record.lastIndexOf('hmac='));
    expect(record.slice(signedText.length)).toBe(`hmac=${createHmac('sha256', bundle.slots[0]?.recordKey ?? '').update(signedText).digest('hex')}\r\n`);
    expect(play(host, '')).toBe(NEXT.restart);
  });

  test.each([['2024-07-21T00:00:00Z', true], ['2199-01-01T00:00:00Z', false], ['none', false]] as const)('says when the medium has expired by the clock of the host, and repairs all the same (%s)', async (expiresAt, isSaid) => {
    const { host, passcode } = await setScene({ expiresAt });
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    expect(host.said.join('\n').includes('The medium has expired')).toBe(isSaid);
    expect(recordOn(host)).toContain('outcome=repaired\r\n');
  });

  test('asks for no passcode where the medium has none, and repairs', async () => {
    const { host, passcode } = await setScene();
    host.put('E:\\bluelift\\bundle\\open.txt', formatOpenPasscode(passcode));
    expect(play(host, null)).toBe(NEXT.askGreen);
    expect(host.text(FAULTY_PATH)).toBe('');
    expect(recordOn(host)).toContain('volume.1.openedBy=bundle');
  });

  test('of a medium without a passcode whose bundle does not open goes on by hand', async () => {
    const { host, key } = await setScene();
    host.put('E:\\bluelift\\bundle\\open.txt', formatOpenPasscode(newPasscode()));
    expect(play(host, null)).toBe(NEXT.askPasscode);
    expect(host.said.join('\n')).toContain('Wrong passcode');
    expect(play(host, '')).toBe(NEXT.askRed);
    expect(play(host, key.recoveryPassword)).toBe(NEXT.askGreen);
  });

  test.each([['German keyboard under the US layout', '/'], ['US scanner under the German layout', '\u00df']])('and a recovery password are taken with the hyphens of a %s', async (_what, hyphen) => {
    const { host, key, passcode } = await setScene({ isKeyAbsent: true });
    const typed = (text: string): string => text.replaceAll('-', hyphen);
    play(host, null);
    expect(play(host, typed(formatPasscode(passcode)))).toBe(NEXT.askRed);
    expect(recordOn(host)).toContain('slot=1\r\n');
    play(host, 'T');
    expect(play(host, typed(key.recoveryPassword.slice(0, 28)))).toBe(NEXT.ask);
    expect(host.said.join('\n')).toContain('Groups 1 to 4 are kept');
    expect(play(host, typed(key.recoveryPassword.slice(28)))).toBe(NEXT.askGreen);
  });

  test('names a slip, a wrong length and a letter no passcode has, and counts only what is wrong', async () => {
    const { host, passcode } = await setScene();
    play(host, null);
    const seen = [`${passcode.slice(0, 17)}${passcode.endsWith('3') ? '4' : '3'}`, passcode.slice(2), passcode.replace(/^./, 'Q'), newPasscode()].map((typed) => {
      expect(play(host, typed)).toBe(NEXT.askPasscode);
      return host.said.find((line) => line.startsWith('  !'));
    });
    expect(seen).toEqual(['  ! Mistyped: the check character does not fit.', '  ! 16 characters: a passcode has 18.', '  ! Character 1 is in no passcode.', '  ! Wrong passcode: it opens nothing on BL-TEST. That of another medium?']);
    play(host, passcode);
    expect(recordOn(host)).toContain('wrongPasscodes=1\r\n');
  });

  test('switches its language at any screen', async () => {
    const { host, passcode } = await setScene({ language: 'de' });
    play(host, null);
    expect(host.said.join('\n')).toContain('Passcode dieses Mediums');
    expect(play(host, 'e')).toBe(NEXT.askPasscode);
    expect(host.said.join('\n')).toContain('Passcode of this medium');
    play(host, passcode);
    expect(play(host, 'D')).toBe(NEXT.askGreen);
    expect(host.said.join('\n')).toContain('Die fehlerhafte Datei ist entfernt.');
  });

  test('takes a scanned recovery password at the red screen without a key pressed first', async () => {
    const { host, key, passcode } = await setScene({ isKeyAbsent: true });
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askRed);
    expect(host.said.join('\n')).toContain(`say: ${key.id.slice(0, 4)} ${key.id.slice(4, 8)}`);
    expect(play(host, key.recoveryPassword.replaceAll('-', ''))).toBe(NEXT.askGreen);
    expect(recordOn(host)).toContain('volume.1.openedBy=typed');
  });

  test('never locks anything after wrong recovery passwords', async () => {
    const { host, key, passcode } = await setScene({ isKeyAbsent: true });
    play(host, null);
    play(host, passcode);
    for (let i = 0; i < 5; i++) expect(play(host, makeKey().recoveryPassword)).toBe(NEXT.askRed);
    expect(recordOn(host)).toContain('blockedReason=key-rejected\r\n');
    expect(play(host, key.recoveryPassword)).toBe(NEXT.askGreen);
    expect(recordOn(host)).toContain('rejectedRecoveryPasswords=5\r\n');
  });

  test('writes nothing to the host while the dry run is not clean', async () => {
    const { host, passcode } = await setScene();
    const second = `D:\\${FOLDER}\\C-00000291-00000000-00000033.sys`;
    host.put(second, [1]);
    const ports = host.ports;
    Object.defineProperty(host, 'ports', { value: { ...ports, files: { ...ports.files, readBytes: (path: string, most: number) => (path === second ? null : ports.files.readBytes(path, most)) } } });
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askRed);
    expect(host.removed).toEqual([]);
    expect(recordOn(host)).toContain('blockedReason=repair-failed\r\n');
    expect(recordOn(host)).toMatch(/reason=dry-run\r\n[\s\S]*reason=unreadable\r\n/);
  });

  test('says that a file could not be removed, and removes the others', async () => {
    const { host, passcode } = await setScene();
    const second = `D:\\${FOLDER}\\C-00000291-00000000-00000033.sys`;
    host.put(second, [0xaa, 0xaa, 0xaa, 0xaa, 1, 0, 0x23, 1]);
    host.stuck.add(FAULTY_PATH);
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askRed);
    expect(host.removed).toEqual([second]);
    expect(recordOn(host)).toMatch(/blockedReason=repair-failed[\s\S]*removedCount=1[\s\S]*keptCount=1[\s\S]*reason=remove-failed/);
    expect(host.said.join('\n')).toMatch(/could not be removed[\s\S]*Removed[\s\S]*Start from this stick once more/);
  });

  test('records a host without any volume, one with a foreign one and one without Windows by their reasons', async () => {
    for (const [change, reason] of [
      [(host: Awaited<ReturnType<typeof setScene>>['host']) => host.volumes.splice(0), 'no-disk-seen'],
      [(host: Awaited<ReturnType<typeof setScene>>['host']) => host.volumes.splice(0, 1, { letter: 'D', keys: {}, isLocked: false, isForeign: true }), 'third-party-encryption'],
      [(host: Awaited<ReturnType<typeof setScene>>['host']) => { host.volumes.splice(0, 1, { letter: 'D', keys: {}, isLocked: false }); host.files.delete('D:\\Windows\\System32\\config\\SYSTEM'); host.files.delete(FAULTY_PATH); }, 'other-os'],
    ] as const) {
      const { host, passcode } = await setScene();
      change(host);
      play(host, null);
      expect(play(host, passcode)).toBe(NEXT.askRed);
      expect(recordOn(host)).toContain(`blockedReason=${reason}\r\n`);
    }
  });

  test('goes on without a bundle when it is damaged, by the typed recovery password', async () => {
    const { host, key, passcode } = await setScene();
    host.put('E:\\bluelift\\bundle\\header.txt', host.text('E:\\bluelift\\bundle\\header.txt').replace('scope=all', 'scope=al'));
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askPasscode);
    expect(host.said.join('\n')).toContain('The key bundle is damaged');
    expect(play(host, '')).toBe(NEXT.askRed);
    expect(play(host, key.recoveryPassword)).toBe(NEXT.askGreen);
    expect(recordOn(host)).toContain('hmac=none\r\n');
  });

  test('restarts when the stick is taken out after a saved result, and not while anything is still to be done', async () => {
    const { host, passcode } = await setScene();
    const pull = (): boolean => {
      const marker = host.files.get('E:\\bluelift\\medium.txt');
      host.files.delete('E:\\bluelift\\medium.txt');
      const isRestarting = isTakenOut(host.ports.files, host.ports.place);
      if (marker !== undefined) host.files.set('E:\\bluelift\\medium.txt', marker);
      return isRestarting;
    };
    expect(play(host, null)).toBe(NEXT.askPasscode);
    expect(pull()).toBe(false);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    expect(isTakenOut(host.ports.files, host.ports.place)).toBe(false);
    expect(pull()).toBe(true);
    expect(play(host, 'D')).toBe(NEXT.askGreen);
    expect(pull()).toBe(true);
  });

  test('started from a disc repairs the host, and says that nothing was written', async () => {
    const { host, passcode } = await setScene();
    host.hasStick = false;
    host.discs = ['E'];
    host.isReadOnly = true;
    expect(play(host, null)).toBe(NEXT.askPasscode);
    expect(play(host, passcode)).toBe(NEXT.askRed);
    expect(host.removed).toEqual([FAULTY_PATH]);
    expect(host.said.join('\n')).toContain('NOT WRITTEN');
    expect(play(host, 'R')).not.toBe(NEXT.restart);
  });

  test('started over the network finds its medium beside itself, repairs the host, and takes no record on the RAM disk for saved', async () => {
    const { host, passcode } = await setScene();
    for (const [path, file] of [...host.files]) if (path.startsWith('E:')) { host.files.delete(path); host.files.set(path.replace('E:', 'X:'), file); }
    host.hasStick = false;
    expect(play(host, null)).toBe(NEXT.askPasscode);
    expect(play(host, passcode)).toBe(NEXT.askRed);
    expect(host.removed).toEqual([FAULTY_PATH]);
    expect([...host.files.keys()].filter((path) => path.includes('results'))).toEqual([]);
    expect(play(host, '')).toBe(NEXT.askRed);
    expect(play(host, 'R')).not.toBe(NEXT.restart);
  });

  test('does not restart when the stick is taken out and the record is not on it', async () => {
    const { host, passcode } = await setScene();
    host.isReadOnly = true;
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askRed);
    host.files.delete('E:\\bluelift\\medium.txt');
    expect(isTakenOut(host.ports.files, host.ports.place)).toBe(false);
  });

  test('whatever is answered, restarts only with the record on the stick and keeps no secret on the RAM disk or the stick', async () => {
    const answer = fc.oneof(
      fc.constantFrom('', 'T', 'R', 'D', 'E', 'A', 'M', 'X', 'passcode', 'wrong-passcode', 'password', 'first-groups', 'bad-group', 'read-only', 'writable'),
      fc.string({ maxLength: 60 }),
    );
    await fc.assert(fc.asyncProperty(fc.boolean(), fc.boolean(), fc.constantFrom('repair', 'repair', 'safe-boot', 'inspect'), fc.array(answer, { maxLength: 14 }), async (isKeyAbsent, isReadOnly, mode, answers) => {
      const { host, key, passcode } = await setScene({ isKeyAbsent, mode });
      host.isReadOnly = isReadOnly;
      const words = new Map([
        ['passcode', passcode], ['wrong-passcode', newPasscode()], ['password', key.recoveryPassword], ['first-groups', key.recoveryPassword.slice(0, 13)], ['bad-group', '000001'],
      ]);
      let next = play(host, null);
      for (const given of answers) {
        if (given === 'read-only' || given === 'writable') { host.isReadOnly = given === 'read-only'; continue; }
        next = play(host, words.get(given) ?? given);
        for (const [path, file] of host.files) {
          if (!path.startsWith('X:') && !path.startsWith('E:\\bluelift\\results')) continue;
          const text = Buffer.from(file.bytes).toString('latin1');
          for (const secret of [passcode, key.recoveryPassword, key.recoveryPassword.replaceAll('-', '')]) if (text.includes(secret)) return false;
        }
        if (mode === 'inspect' && host.removed.length > 0) return false;
        if (host.said.some((line) => line.includes(key.recoveryPassword) || line.includes(passcode))) return false;
        if (next === NEXT.restart || next === NEXT.manual) {
          const record = recordOn(host);
          return /hmac=([0-9a-f]{64}|none)\r\n$/.test(record) && (host.removed.length === 0 || record.includes('removedCount=1'));
        }
      }
      return true;
    }), { numRuns: 150 });
  });
});
