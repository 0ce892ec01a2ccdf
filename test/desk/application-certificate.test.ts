// The file an application signs in with, as administrators have it; made on the spot.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { readApplicationCertificate } from '../../electron/desk/application-certificate.ts';
import { makeSelfSigned } from '../support/self-signed.ts';

const folder = mkdtempSync(join(tmpdir(), 'bluelift-certificate-'));
afterAll(() => rmSync(folder, { recursive: true }));
const NOW = Date.parse('2026-01-01T00:00:00Z');
const own = makeSelfSigned('application');
const other = makeSelfSigned('another');
const [CERTIFICATE, KEY] = [/-----BEGIN CERTIFICATE[\s\S]+?END CERTIFICATE-----\n/, /-----BEGIN PRIVATE KEY[\s\S]+?END PRIVATE KEY-----\n/];
const part = (pem: string, form: RegExp): string => form.exec(pem)?.[0] ?? '';
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const both = file('both.pem', own.pem);

test.each([
  ['certificate before key', own.pem], ['key before certificate', part(own.pem, KEY) + part(own.pem, CERTIFICATE)],
  ['an authority\u2019s certificate first', part(other.pem, CERTIFICATE) + own.pem], ['what OpenSSL writes around them out of a PFX', `Bag Attributes\n    localKeyID: 01\nsubject=CN = application\n${own.pem}`],
])('of a file with %s the certificate that goes with the key is used', async (_what, content) => {
  const read = await readApplicationCertificate(file('good.pem', content), NOW);
  expect(read.x5c).toBe(part(own.pem, CERTIFICATE).trim());
});

test.each([
  ['a PFX', 'pfx', () => file('application.pfx', Buffer.from('308209d702010330820995', 'hex'))],
  ['a key with a passphrase', 'key-protected', () => file('protected.pem', part(own.pem, CERTIFICATE) + generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'constructed' }).toString())],
  ['no key', 'certificate-and-key', () => file('no-key.pem', part(own.pem, CERTIFICATE))], ['no certificate', 'certificate-and-key', () => file('no-certificate.pem', part(own.pem, KEY))], ['neither', 'certificate-and-key', () => file('neither.pem', 'Hello')],
  ['the key of another certificate', 'key-of-another', () => file('mixed.pem', part(other.pem, CERTIFICATE) + part(own.pem, KEY))],
  ['a key of elliptic curves', 'key-not-rsa', () => file('curves.pem', part(own.pem, CERTIFICATE) + generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())],
])('a file with %s is declined by name before the tenant is asked', async (_what, why, make) => {
  await expect(readApplicationCertificate(make(), NOW)).rejects.toMatchObject({ code: 'file-not-recognised', facts: { why } });
});

test('a certificate that has expired, or does not hold yet, is declined before the tenant is asked', async () => {
  await expect(readApplicationCertificate(both, Date.parse('2050-01-01T00:00:00Z'))).rejects.toMatchObject({ facts: { why: 'certificate-expired' } });
  await expect(readApplicationCertificate(both, Date.parse('2020-01-01T00:00:00Z'))).rejects.toMatchObject({ facts: { why: 'certificate-not-yet' } });
});
