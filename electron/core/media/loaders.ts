// Whether a base's loaders will be started under Secure Boot: who signed them, how new they are, and what that means for hosts.

import { SIGNING_CAS } from '../codes.ts';
import type { LoaderFinding, SigningCa } from '../codes.ts';
import { listSignatures } from '../../formats/pe/authenticode.ts';
import { parsePe } from '../../formats/pe/image.ts';
import { RCDATA, findResource } from '../../formats/pe/resource.ts';

export interface LoaderFacts {
  /** Of a base's: `bootmgfw.efi`, signed under the authority of 2011 in most, and `bootmgfw_EX.efi`, under that of 2023. Of a medium's: its path. */
  readonly name: string;
  /** The authorities it is signed under; those nobody here knows are in `unknownSigners` by name. */
  readonly signedUnder: SigningCa[];
  readonly unknownSigners: string[];
  /** Every signature is one over these very bytes. */
  readonly isIntact: boolean;
  /** Security version number, `9.0`; null when the loader has none, as those before 2023. */
  readonly securityVersion: string | null;
}

/**
 * The least security version number hosts may ask for, by the day Microsoft published it. A host has it only once it took the optional update.
 *
 * @source microsoft/secureboot_objects, PreSignedObjects/DBX/dbx_info_msft_latest.json and its log, as of 2026-09; KB5094126 (9.0).
 *         A floor of 11.0 was proposed on 2026-09-08 (pull request 469) and was not published when this was written.
 */
export const SECURITY_VERSION_FLOORS: readonly { readonly since: string; readonly least: string }[] = [
  { since: '2025-10-03', least: '7.0' }, { since: '2026-05-19', least: '8.0' }, { since: '2026-06-09', least: '9.0' },
];

/** SHA-1 of an authority's certificate, 40 hex digits. */
export type Authorities = Readonly<Record<SigningCa, string>>;
/** @source As published for Microsoft's own certificate files; the last two are in Debian's shim, too. */
export const MICROSOFT_AUTHORITIES: Authorities = {
  'windows-pca-2011': '580a6f4cc4e4b669b9ebdc1b2b3e087b80d0678d', 'windows-uefi-ca-2023': '45a0fa32604773c82433c3b7d59e7466b3ac0c67',
  'uefi-ca-2011': '46def63b5ce61cf8ba0de2e6639c1019d0ed14f3', 'uefi-ca-2023': 'b5eeb4a6706048073f0ed296e7f580a790b59eaa',
};
const VERSION_RESOURCE = 'BOOTMGRSECURITYVERSIONNUMBER';

/**
 * @param bytes A loader as it came out of the base, untrusted.
 * @returns What it says of itself. A signer counts by the thumbprint of the authority, never by its name. Never throws.
 * @source The number: Rufus, src/hash.c and src/db.h (4 bytes of RCDATA, major and minor).
 */
export function readLoader(name: string, bytes: Uint8Array, authorities: Authorities = MICROSOFT_AUTHORITIES): LoaderFacts {
  const image = parsePe(bytes);
  const signatures = image === null ? [] : listSignatures(bytes, image);
  const known = signatures.map(({ issuerThumbprint }) => SIGNING_CAS.find((ca) => authorities[ca] === issuerThumbprint));
  const number = image === null ? null : findResource(bytes, image, RCDATA, VERSION_RESOURCE);
  return {
    name, signedUnder: [...new Set(known.filter((ca) => ca !== undefined))],
    unknownSigners: signatures.flatMap(({ issuer, signer }, i) => (known[i] === undefined ? [issuer ?? signer ?? '?'] : [])),
    isIntact: signatures.every(({ isIntact }) => isIntact), securityVersion: number === null || number.length < 4 ? null : versionOf(number),
  };
}

/** `about`: the loader it is about; null when it is about the base. */
export interface FoundOnLoader { readonly finding: LoaderFinding; readonly about: string | null; readonly securityVersion: string | null; readonly least: string | null }

/**
 * What somebody who is about to make a medium has to know.
 *
 * @param now Instant: which floor is published.
 * @returns The worst first; empty when hosts of either sort start it.
 * @source field knowledge of what firmware does with which loader: a host whose firmware knows 2011 only refuses 2023, one that has revoked 2011 refuses that, and a floor on the
 *         security version is a full stop of the loader itself, with no way on.
 */
export function findOnLoaders(loaders: readonly LoaderFacts[], now: string): readonly FoundOnLoader[] {
  const found: FoundOnLoader[] = [];
  const least = SECURITY_VERSION_FLOORS.findLast(({ since }) => since <= now.slice(0, 10))?.least ?? null;
  const say = (finding: LoaderFinding, loader: LoaderFacts | null): void => void found.push({ finding, about: loader?.name ?? null, securityVersion: loader?.securityVersion ?? null, least: finding === 'stale' || finding === 'no-version' ? least : null });
  for (const loader of loaders) {
    if (!loader.isIntact) say('altered', loader);
    else if (loader.signedUnder.length === 0) say(loader.unknownSigners.length === 0 ? 'unsigned' : 'signer-unknown', loader);
  }
  const good = loaders.filter(({ isIntact, signedUnder }) => isIntact && signedUnder.length > 0);
  for (const loader of good) {
    if (loader.securityVersion === null) say('no-version', loader);
    else if (least !== null && isBelow(loader.securityVersion, least)) say('stale', loader);
  }
  const has = (ca: SigningCa): boolean => good.some(({ signedUnder }) => signedUnder.includes(ca));
  if (has('windows-pca-2011') && !has('windows-uefi-ca-2023')) say('only-2011', null);
  if (has('windows-uefi-ca-2023') && !has('windows-pca-2011')) say('only-2023', null);
  if (loaders.length > 1) say('both-there', null);
  return found;
}

/** As `findOnLoaders`, with what is to be known of the base itself. */
export function findOnBase({ loaders, isCutOff }: { readonly loaders: readonly LoaderFacts[]; readonly isCutOff: boolean }, now: string): readonly FoundOnLoader[] {
  const found = findOnLoaders(loaders, now);
  return isCutOff ? [{ finding: 'cut-off', about: null, securityVersion: null, least: null }, ...found] : found;
}

function versionOf(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return `${view.getUint16(2, true)}.${view.getUint16(0, true)}`;
}

function isBelow(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}
