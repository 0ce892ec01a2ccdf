// A self-signed certificate with its private key, made on the spot: no key lies in the repository.
import { createPublicKey, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const SHA256_RSA = der(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'));

export function makeSelfSigned(name: string): { readonly pem: string; readonly der: Buffer; readonly publicKey: KeyObject } {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = createPublicKey(privateKey);
  const subject = der(0x30, der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(name)))));
  const validity = der(0x30, der(0x17, Buffer.from('240101000000Z')), der(0x17, Buffer.from('490101000000Z')));
  const toSign = der(0x30, der(0xa0, Buffer.from('020102', 'hex')), Buffer.from('020101', 'hex'), SHA256_RSA, subject, validity, subject, publicKey.export({ type: 'spki', format: 'der' }));
  const signature = createSign('sha256').update(toSign).sign(privateKey);
  const certificate = der(0x30, toSign, SHA256_RSA, der(0x03, Buffer.from([0]), signature));
  const pem = `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n${privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()}`;
  return { pem, der: certificate, publicKey };
}
