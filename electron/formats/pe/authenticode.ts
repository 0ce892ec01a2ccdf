// Who signed a PE image, and whether the signature is one over these very bytes (Authenticode).

import { X509Certificate, createHash, verify } from 'node:crypto';

import type { DerValue } from './der.ts';
import { contentsOf, hexOf, insideDer, readDer, wholeOf } from './der.ts';
import type { PeImage } from './image.ts';

export interface PeSignature {
  /** Common name of whoever signed, and of the authority that stands for them; null when there is none. */
  readonly signer: string | null;
  readonly issuer: string | null;
  /** SHA-1 of the authority's certificate, 40 hex digits; null unless the file carries it and it signed the signer's. */
  readonly issuerThumbprint: string | null;
  /** The image is as the signer signed it. */
  readonly isIntact: boolean;
}

const PKCS7 = 2;
const MOST_SIGNATURES = 16;
/** Object identifiers as their bytes. */
const SIGNED_DATA = '2a864886f70d010702';
const INDIRECT_DATA = '2b060104018237020104';
const MESSAGE_DIGEST = '2a864886f70d010904';
const HASHES: Readonly<Record<string, string>> = { '2b0e03021a': 'sha1', '608648016503040201': 'sha256', '608648016503040202': 'sha384', '608648016503040203': 'sha512' };

/**
 * @param bytes The whole file, untrusted.
 * @returns Its signatures in their order; one that can not be read has no names and is not intact. Never throws. No authority is trusted here:
 *          whoever asks compares the thumbprint.
 * @source Microsoft, "Windows Authenticode Portable Executable Signature Format" (2008); RFC 2315.
 */
export function listSignatures(bytes: Uint8Array, image: PeImage): readonly PeSignature[] {
  const found: PeSignature[] = [];
  const { address, sizeBytes } = image.certificates;
  const end = Math.min(address + sizeBytes, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = address; at > 0 && at + 8 <= end && found.length < MOST_SIGNATURES;) {
    const length = view.getUint32(at, true);
    if (length < 8 || at + length > end) break;
    if (view.getUint16(at + 6, true) === PKCS7) found.push(readSignature(bytes.subarray(at + 8, at + length), bytes, image));
    at += Math.ceil(length / 8) * 8;
  }
  return found;
}

const UNREADABLE: PeSignature = { signer: null, issuer: null, issuerThumbprint: null, isIntact: false };

function readSignature(der: Uint8Array, bytes: Uint8Array, image: PeImage): PeSignature {
  try {
    const signed = parseSigned(der);
    if (signed === null) return UNREADABLE;
    const signer = signed.certificates.find(({ issuer, serial }) => issuer === signed.issuer && serial === signed.serial);
    if (signer === undefined) return UNREADABLE;
    const authority = signed.certificates.find(({ subject, certificate }) => subject === signer.issuer && signer.certificate.verify(certificate.publicKey));
    return {
      signer: commonName(signer.certificate.subject), issuer: commonName(signer.certificate.issuer),
      issuerThumbprint: authority?.certificate.fingerprint.replaceAll(':', '').toLowerCase() ?? null, isIntact: coversImage(signed, signer.certificate, bytes, image),
    };
  } catch {
    return UNREADABLE; // a certificate or key OpenSSL does not take
  }
}

/** What a signature says: names and serial as hex of their bytes. */
interface Signed {
  readonly certificates: readonly { readonly certificate: X509Certificate; readonly issuer: string; readonly subject: string; readonly serial: string }[];
  readonly issuer: string;
  readonly serial: string;
  readonly hash: string;
  /** What the image must hash to, and the text that says so. */
  readonly imageHash: string;
  readonly imageDigest: Uint8Array;
  readonly content: Uint8Array;
  readonly contentDigest: Uint8Array;
  readonly attributes: Uint8Array;
  readonly signature: Uint8Array;
}

function parseSigned(der: Uint8Array): Signed | null {
  const inside = (value: DerValue | null | undefined): readonly DerValue[] => (value === null || value === undefined ? [] : insideDer(der, value) ?? []);
  const [kind, explicit] = inside(readDer(der, 0));
  if (kind === undefined || hexOf(der, kind) !== SIGNED_DATA) return null;
  const parts = inside(inside(explicit)[0]);
  const [contentKind, contentExplicit] = inside(parts[2]);
  const content = inside(contentExplicit)[0];
  const certificates = parts.find(({ tag }) => tag === 0xa0);
  const signerInfo = inside(parts.findLast(({ tag }) => tag === 0x31))[0];
  if (contentKind === undefined || hexOf(der, contentKind) !== INDIRECT_DATA || content === undefined || certificates === undefined || signerInfo === undefined) return null;
  const [, issuerAndSerial, hashAlgorithm, attributes, , signature] = inside(signerInfo);
  const [issuer, serial] = inside(issuerAndSerial);
  const [imageAlgorithm, imageDigest] = inside(inside(content)[1]);
  const contentDigest = attributes === undefined ? undefined : inside(inside(inside(attributes).find((attribute) => hexOf(der, inside(attribute)[0] ?? attribute) === MESSAGE_DIGEST))[1])[0];
  const hash = hashOf(der, inside(hashAlgorithm)[0]);
  const imageHash = hashOf(der, inside(imageAlgorithm)[0]);
  if (issuer === undefined || serial === undefined || attributes?.tag !== 0xa0 || signature === undefined || imageDigest === undefined || contentDigest === undefined || hash === null || imageHash === null) return null;
  return {
    certificates: inside(certificates).flatMap((value) => parseCertificate(wholeOf(der, value)) ?? []),
    issuer: hexOf(der, issuer), serial: hexOf(der, serial), hash, imageHash, imageDigest: contentsOf(der, imageDigest), content: contentsOf(der, content), contentDigest: contentsOf(der, contentDigest),
    // What was signed is the set itself, not the tag it has in here.
    attributes: Buffer.concat([Uint8Array.of(0x31), wholeOf(der, attributes).subarray(1)]), signature: contentsOf(der, signature),
  };
}

function parseCertificate(der: Uint8Array): Signed['certificates'][number] | null {
  const certificate = readDer(der, 0);
  const body = certificate === null ? undefined : insideDer(der, certificate)?.[0];
  // Version, where it is said, comes first.
  const fields = body === undefined ? [] : (insideDer(der, body) ?? []).filter(({ tag }) => tag !== 0xa0);
  const [serial, , issuer, , subject] = fields;
  if (serial === undefined || issuer === undefined || subject === undefined) return null;
  return { certificate: new X509Certificate(der), serial: hexOf(der, serial), issuer: hexOf(der, issuer), subject: hexOf(der, subject) };
}

function coversImage(signed: Signed, signer: X509Certificate, bytes: Uint8Array, image: PeImage): boolean {
  const content = createHash(signed.hash).update(signed.content).digest();
  return Buffer.compare(content, signed.contentDigest) === 0 && verify(signed.hash, signed.attributes, signer.publicKey, signed.signature)
    && Buffer.compare(hashImage(bytes, image, signed.imageHash), signed.imageDigest) === 0;
}

/** Everything but the checksum, the entry that says where the certificates are, and the certificates. */
function hashImage(bytes: Uint8Array, { checksumAt, certificateEntryAt, certificates }: PeImage, algorithm: string): Uint8Array {
  const hash = createHash(algorithm);
  const end = certificates.address === 0 ? bytes.length : certificates.address;
  hash.update(bytes.subarray(0, checksumAt)).update(bytes.subarray(checksumAt + 4, certificateEntryAt)).update(bytes.subarray(certificateEntryAt + 8, end));
  const after = certificates.address + certificates.sizeBytes;
  if (after < bytes.length) hash.update(bytes.subarray(after));
  return hash.digest();
}

function hashOf(der: Uint8Array, identifier: DerValue | undefined): string | null {
  return identifier === undefined ? null : HASHES[hexOf(der, identifier)] ?? null;
}

/** Node writes a name one part a line. */
const commonName = (name: string): string | null => /^CN=(.*)$/m.exec(name)?.[1] ?? null;
