import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildStale } from '../../scripts/dev/build.ts';
import { asOperator, bluelift, newDesk, type CommandRun } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'bluelift-test-'));
const first = asOperator(folder, 'first', 'constructed passphrase');
const base = join(folder, 'serviced.wim');
const noScriptHost = join(folder, 'no-scrrun.wim');
const media = (out: string, ...words: readonly string[]): Promise<CommandRun> => bluelift(['media', 'build', '--base', base, '--scope', 'all', '--out', join(folder, out), ...words, ...first]);

beforeAll(async () => {
  await buildStale(['agent'], () => undefined);
  await newDesk(folder);
  const fixture = (name: string): Buffer => readFileSync(fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url)));
  writeFileSync(base, gunzipSync(fixture('base/serviced-x64.wim.gz')));
  writeFileSync(noScriptHost, gunzipSync(fixture('base/no-scrrun.wim.gz')));
  writeFileSync(join(folder, 'keys.csv'), 'KeyID,RecoveryKey\r\n11111111-2222-3333-4444-555555555555,000011-000022-000033-000044-000055-000066-000077-000088\r\n');
  expect((await bluelift(['import', join(folder, 'keys.csv'), ...first])).code).toBe(0);
  for (const [name, decoration] of [['2 vmd', 'NTamd64'], ['1 rst', 'NTamd64'], ['3 arm', 'NTarm64']] as const) {
    mkdirSync(join(folder, 'drivers', name), { recursive: true });
    writeFileSync(join(folder, 'drivers', name, 'a.inf'), `[Version]\r\nSignature="$Windows NT$"\r\nClass=SCSIAdapter\r\nDriverVer=07/11/2023,19.5.7.1058\r\n[Manufacturer]\r\n%I%=Models,${decoration}\r\n`);
  }
}, 240_000);

afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

describe('media build', () => {
  it('says who signed the loaders, what Secure Boot makes of them and which drivers go along, and writes both loaders', async () => {
    const run = await media('both.img', '--two-loaders', '--drivers', join(folder, 'drivers'));
    expect([run.code, run.err]).toEqual([0, '']);
    expect(run.out.split('\n')).toEqual(expect.arrayContaining([
      'bootmgfw_EX.efi: Windows UEFI CA 2023 (not Microsoft\'s certificate), security version 9.0',
      'bootmgfw.efi: Signed, but under no authority of Microsoft: hosts with Secure Boot refuse it unless they were given its key.',
      '01-rst: class SCSIAdapter, version 19.5.7.1058, 1 kB', '02-vmd: class SCSIAdapter, version 19.5.7.1058, 1 kB', '3 arm: left out, it is for arm64',
    ]));
    const inspected = await bluelift(['media', 'inspect', join(folder, 'both.img'), ...first, '--json']);
    expect([inspected.code, inspected.json()]).toMatchObject([0, { mismatches: [], loaders: [{ name: 'EFI/BOOT/BOOTX64.EFI', securityVersion: '9.0' }, { name: '2:EFI/BOOT/BOOTX64.EFI', securityVersion: '8.0' }], findings: [{ finding: 'signer-unknown' }, { finding: 'signer-unknown' }] }]);
  }, 120_000);

  it('writes a disc and a folder for the network, says in both languages that nothing comes back from them, and inspects both', async () => {
    const disc = await media('medium.iso', '--format', 'iso');
    expect(disc.out).toContain('Nothing can be written to a disc at the host');
    const network = await media('net', '--format', 'pxe', '--language', 'de');
    expect(network.out).toContain('Über das Netz kann nichts zurückgeschrieben werden');
    expect(existsSync(join(folder, 'net', 'boot.ipxe'))).toBe(true);
    for (const out of ['medium.iso', 'net']) {
      const inspected = await bluelift(['media', 'inspect', join(folder, out), ...first, '--json']);
      expect([inspected.code, inspected.json()]).toMatchObject([0, { mismatches: [], entries: 1, slots: 1, known: true }]);
    }
  }, 120_000);

  it('makes a medium with the manual steps alone of a base that lacks script host, names that way where it refuses the base, and says what it is in both languages', async () => {
    const lacking = ['--base', noScriptHost];
    const refused = await media('no.img', ...lacking);
    expect([refused.code, refused.err]).toEqual([10, expect.stringMatching(/lacks files this medium needs[^]*scrrun\.dll.*manual steps alone, can be made from it with --manual-only\./)]);
    const run = await bluelift(['media', 'build', ...lacking, '--out', join(folder, 'manual.img'), '--manual-only', ...first]);
    const mediaId = /Medium (M-\d+) written/.exec(run.out)?.[1] ?? '';
    expect([run.code, run.err, run.out]).toEqual([0, '', expect.stringContaining('the manual steps alone. No keys on it; the recovery password is typed at the host.')]);
    expect((await bluelift(['media', 'show', mediaId, ...first, '--language', 'de'])).out).toContain('nur manuelle Schritte, keine Schlüssel darauf');
    expect((await bluelift(['media', 'show', mediaId, ...first, '--json'])).json()).toMatchObject({ mode: 'manual', keyRecords: 0, technicians: [] });
    expect((await bluelift(['media', 'inspect', join(folder, 'manual.img'), ...first, '--json'])).json()).toMatchObject({ mismatches: [], entries: null, slots: null, known: true });
    expect((await bluelift(['media', 'lost', mediaId, '--note', 'left in a taxi', ...first])).out).toContain('There were no keys on it: nothing to rotate.');
    const nonsense = await media('no.img', '--manual-only', '--mode', 'inspect', '--technician', 'first', '--keep-copies', '--no-passcode', '--json');
    expect([nonsense.code, nonsense.json()]).toEqual([2, { error: { code: 'invalid-input', facts: { fields: ['--mode', '--technician', '--keep-copies', '--no-passcode'].map((option) => `${option}: not-on-manual-medium`) } } }]);
    expect(existsSync(join(folder, 'no.img'))).toBe(false);
  }, 120_000);

  it('prints a label in the language of the command, or in that of the medium where both are said, and in no language nobody wrote', async () => {
    const mediaId = String((await bluelift(['media', 'list', ...first, '--json'])).json()['media'] === undefined ? '' : ((await bluelift(['media', 'list', ...first, '--json'])).json()['media'] as { mediaId: string }[])[0]?.mediaId);
    const label = async (name: string, ...words: readonly string[]): Promise<string> => {
      expect((await bluelift(['media', 'label', mediaId, '--out', join(folder, name), ...words, ...first])).code).toBe(0);
      return readFileSync(join(folder, name), 'utf8');
    };
    expect(await label('a.html', '--language', 'de')).toContain('lang="de"');
    expect(await label('b.html', '--language', 'de', '--media-language', 'en')).toContain('lang="en"');
    expect(await label('c.html')).toContain('lang="en"');
    const french = await media('no.img', '--media-language', 'fr', '--json');
    expect([french.code, french.json()]).toMatchObject([2, { error: { code: 'invalid-input', facts: { known: ['en', 'de'] } } }]);
  }, 120_000);

  it('refuses both loaders on a disc, drivers of another processor and a format nobody knows, and changes nothing', async () => {
    expect(await media('no.iso', '--format', 'iso', '--two-loaders')).toMatchObject({ code: 2 });
    const arm = await media('no.img', '--drivers', join(folder, 'drivers', '3 arm'), '--json');
    expect([arm.code, arm.json()]).toMatchObject([10, { error: { code: 'no-drivers', facts: { leftOut: ['3 arm'] } } }]);
    expect(await media('no.img', '--format', 'floppy')).toMatchObject({ code: 2 });
    const past = await media('no.img', '--expires', '2020-01-01T00:00:00Z', '--json');
    expect([past.code, past.json()]).toEqual([2, { error: { code: 'invalid-input', facts: { fields: ['--expires: in-the-past'] } } }]);
    writeFileSync(join(folder, 'no-hosts.txt'), '\r\n');
    const said = async (...words: string[]): Promise<string> => (await media('no.img', ...words)).err;
    expect(await said('--expires', 'tomorrow')).toContain('--expires is no date or instant');
    expect(await said('--scope', `hosts:${join(folder, 'no-hosts.txt')}`)).toContain('--scope names no host in that file');
    expect(await said('--drivers', join(folder, 'no-hosts.txt'))).toContain('--drivers has to be a folder');
    expect(await said('--out', '/dev/sdq')).toContain('/dev/sdq names a device');
    writeFileSync(join(folder, 'there.img'), 'what somebody made');
    expect((await media('there.img')).err).toMatch(/There is a file of this name already.*replace it with --overwrite/);
    expect([existsSync(join(folder, 'no.iso')), existsSync(join(folder, 'no.img'))]).toEqual([false, false]);
  }, 120_000);

  it('names a technician nobody knows before it looks at the base', async () => {
    const run = await bluelift(['media', 'build', '--base', join(folder, 'no-such.iso'), '--scope', 'all', '--out', join(folder, 'no.img'), '--technician', 'nobody', ...first, '--json']);
    expect(run.json()).toEqual({ error: { code: 'not-found', facts: { operator: 'nobody', known: ['first'] } } });
  }, 120_000);
});
