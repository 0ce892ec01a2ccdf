// Signs an EFI application as Authenticode does, under an authority made on the spot: no key of anybody lies in the repository.
import { createHash, createSign, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const set = (...parts: readonly Uint8Array[]): Buffer => der(0x31, ...parts);
const NULL = Buffer.from([5, 0]);
const SHA256 = sequence(oid('608648016503040201'), NULL);
const RSA = sequence(oid('2a864886f70d010101'), NULL);
const SHA256_RSA = sequence(oid('2a864886f70d01010b'), NULL);

export interface Authority { readonly certificate: Buffer; readonly thumbprint: string; readonly name: string; readonly key: KeyObject; readonly pem: string }
export interface Signer { readonly certificate: Buffer; readonly serial: Buffer; readonly issuer: string; readonly key: KeyObject; readonly authority: Authority }

const nameOf = (commonName: string): Buffer => sequence(set(sequence(oid('550406'), der(0x13, Buffer.from('US')))), set(sequence(oid('55040a'), der(0x0c, Buffer.from('Microsoft Corporation')))), set(sequence(oid('550403'), der(0x0c, Buffer.from(commonName)))));

function makeCertificate(serial: Buffer, subject: string, publicKey: KeyObject, issuer: string, issuerKey: KeyObject, isAuthority: boolean): Buffer {
  const validity = sequence(der(0x17, Buffer.from('240101000000Z')), der(0x17, Buffer.from('490101000000Z')));
  const constraints = sequence(oid('551d13'), der(0x01, Buffer.from([0xff])), der(0x04, sequence(...(isAuthority ? [der(0x01, Buffer.from([0xff]))] : []))));
  const usage = sequence(oid('551d25'), der(0x04, sequence(oid('2b06010505070303'))));
  const body = sequence(der(0xa0, der(0x02, Buffer.from([2]))), serial, SHA256_RSA, nameOf(issuer), validity, nameOf(subject), publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, sequence(constraints, ...(isAuthority ? [] : [usage]))));
  return sequence(body, SHA256_RSA, der(0x03, Buffer.from([0]), createSign('sha256').update(body).sign(issuerKey)));
}

/** An authority with a name of anybody's. */
export function makeAuthority(name: string): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = makeCertificate(der(0x02, Buffer.from([1])), name, publicKey, name, privateKey, true);
  const parsed = new X509Certificate(certificate);
  return { certificate, thumbprint: parsed.fingerprint.replaceAll(':', '').toLowerCase(), name, key: privateKey, pem: parsed.toString() };
}

export function makeSigner(authority: Authority, name = 'Microsoft Windows'): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const serial = der(0x02, Buffer.from([0x33, 0, 7]));
  return { certificate: makeCertificate(serial, name, publicKey, authority.name, authority.key, false), serial, issuer: authority.name, key: privateKey, authority };
}

/**
 * @param withAuthority Whether its certificate goes along, as Microsoft does it.
 * @returns The image with the signatures behind it, one after the other.
 */
export function signLoader(image: Uint8Array, signers: readonly Signer[], withAuthority = true): Uint8Array {
  const bytes = Buffer.from(image);
  const optional = bytes.readUInt32LE(60) + 24;
  const entry = optional + 112 + 4 * 8;
  const hash = createHash('sha256').update(bytes.subarray(0, optional + 64)).update(bytes.subarray(optional + 68, entry)).update(bytes.subarray(entry + 8)).digest();
  const table = Buffer.concat(signers.map((signer) => {
    const signed = signedData(hash, signer, withAuthority);
    const padded = Math.ceil((signed.length + 8) / 8) * 8;
    const head = Buffer.alloc(8);
    head.writeUInt32LE(padded, 0);
    head.writeUInt16LE(0x0200, 4);
    head.writeUInt16LE(2, 6);
    return Buffer.concat([head, signed, Buffer.alloc(padded - 8 - signed.length)]);
  }));
  bytes.writeUInt32LE(bytes.length, entry);
  bytes.writeUInt32LE(table.length, entry + 4);
  return new Uint8Array(Buffer.concat([bytes, table]));
}

function signedData(imageHash: Buffer, signer: Signer, withAuthority: boolean): Buffer {
  const emptyFile = der(0xa0, der(0xa2, der(0x80)));
  const content = [sequence(oid('2b06010401823702010f'), sequence(der(0x03, Buffer.from([0])), emptyFile)), sequence(SHA256, der(0x04, imageHash))];
  const digest = createHash('sha256').update(Buffer.concat(content)).digest();
  const attributes = [sequence(oid('2a864886f70d010903'), set(oid('2b060104018237020104'))), sequence(oid('2a864886f70d010904'), set(der(0x04, digest)))];
  const signature = createSign('sha256').update(set(...attributes)).sign(signer.key);
  const info = sequence(der(0x02, Buffer.from([1])), sequence(nameOf(signer.issuer), signer.serial), SHA256, der(0xa0, ...attributes), RSA, der(0x04, signature));
  const certificates = [signer.certificate, ...(withAuthority ? [signer.authority.certificate] : [])];
  const body = sequence(der(0x02, Buffer.from([1])), set(SHA256), sequence(oid('2b060104018237020104'), der(0xa0, sequence(...content))), der(0xa0, ...certificates), set(info));
  return sequence(oid('2a864886f70d010702'), der(0xa0, body));
}
