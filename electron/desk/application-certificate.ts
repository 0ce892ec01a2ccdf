// The certificate an application proves itself to a tenant with: what is wrong with its file is said before the tenant is asked.
import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../core/app-error.ts';

/** `privateKey` is secret. */
export interface ApplicationCertificate { readonly thumbprintSha256: string; readonly privateKey: string; readonly x5c: string }

const LARGEST_FILE = 1 << 20;

/**
 * @param path  Of a PEM file with certificate and private key; other certificates may stand in it too.
 * @returns The certificate that goes with the key. AppError `file-not-found`, `file-unreadable`, `file-too-large`, and `file-not-recognised` with why:
 *          `pfx`, `certificate-and-key`, `key-protected`, `key-not-rsa`, `key-of-another`, `certificate-expired`, `certificate-not-yet`. The key stays in memory.
 */
export async function readApplicationCertificate(path: string, now: number): Promise<ApplicationCertificate> {
  const bytes = await readSmall(path);
  const declined = (why: string): AppError => new AppError('file-not-recognised', { path, why }); // without a cause: it may quote the file
  // PKCS#12 begins as a sequence of version 3.
  if (bytes[0] === 0x30 && bytes.subarray(0, 12).includes(Buffer.from([0x02, 0x01, 0x03]))) throw declined('pfx');
  const pem = bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem)) throw declined('key-protected');
  let key: KeyObject;
  let certificates: X509Certificate[];
  try {
    key = createPrivateKey(/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )?PRIVATE KEY-----/.exec(pem)?.[0] ?? '');
    certificates = (pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map((text) => new X509Certificate(text));
  } catch {
    throw declined('certificate-and-key');
  }
  if (certificates.length === 0) throw declined('certificate-and-key');
  // Entra takes what RSA signed, and nothing else.
  if (key.asymmetricKeyType !== 'rsa') throw declined('key-not-rsa');
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (own === undefined) throw declined('key-of-another');
  if (own.validToDate.getTime() <= now) throw declined('certificate-expired');
  if (own.validFromDate.getTime() > now) throw declined('certificate-not-yet');
  return { thumbprintSha256: own.fingerprint256.replaceAll(':', ''), privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(), x5c: own.toString().trim() };
}

async function readSmall(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).size > LARGEST_FILE) throw new AppError('file-too-large', { path });
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new AppError(missing ? 'file-not-found' : 'file-unreadable', { path }, { cause });
  }
}
