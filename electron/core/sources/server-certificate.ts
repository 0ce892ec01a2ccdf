// The certificate of a server: shown before it is trusted, and trusted by its fingerprint where no authority vouches for it.

/** What a person compares. Instants are ISO-8601 UTC text. */
export interface ServerCertificate {
  /** SHA-256 of the certificate: 64 upper-case hexadecimal digits. */
  readonly sha256: string;
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** Whether an authority this computer knows vouches for it, under the name that was called. */
  readonly trusted: boolean;
  /** Why not, as the machine says it (`DEPTH_ZERO_SELF_SIGNED_CERT`, `CERT_HAS_EXPIRED`); null when it is trusted. */
  readonly why: string | null;
}

/** @param text Untrusted: 64 hexadecimal digits, colons or blanks between. @returns Canonical, or null. Never throws. */
export function parseFingerprint(text: string): string | null {
  const digits = text.replace(/[\s:]/g, '').toUpperCase();
  return /^[0-9A-F]{64}$/.test(digits) ? digits : null;
}

/** True when a server may be talked to: trusted here, or the very certificate somebody has confirmed. A pin is meant: another certificate is refused, trusted or not. */
export const isAccepted = (certificate: ServerCertificate, pin: string | null): boolean => (pin === null ? certificate.trusted : certificate.sha256 === pin);
