// One line for a loader, and one for what is to be known of it: in the window and on the command line.
import type { Output } from '../../electron/api/contract.ts';
import { SIGNING_CA_NAMES, type LoaderFinding } from '../../electron/core/codes.ts';

export type DriverFacts = Output<'media.inspectDrivers'>;
export interface LoaderWords {
  readonly none: string; readonly version: (version: string) => string; readonly noVersion: string; readonly altered: string;
  /** For signers that are none of Microsoft's. */
  readonly unknown: (signers: string) => string;
  readonly asked: (version: string, least: string) => string;
  readonly finding: Readonly<Record<LoaderFinding, string>>;
}
export type LoaderFacts = Pick<Output<'media.inspectBase'>, 'loaders' | 'findings'>;

/** `bootmgfw.efi: Microsoft Windows Production PCA 2011, security version 9.0`. */
export function loaderLine({ name, signedUnder, unknownSigners, isIntact, securityVersion }: LoaderFacts['loaders'][number], m: LoaderWords): string {
  const signers = [...signedUnder.map((ca) => SIGNING_CA_NAMES[ca]), ...(unknownSigners.length === 0 ? [] : [m.unknown(unknownSigners.join(', '))])];
  return `${name}: ${[signers.length === 0 ? m.none : signers.join(' + '), isIntact ? '' : m.altered, securityVersion === null ? m.noVersion : m.version(securityVersion)].filter((part) => part !== '').join(', ')}`;
}

/** `bootmgfw.efi (8.0, asked for is 9.0): …`. */
export function findingLine({ finding, about, securityVersion, least }: LoaderFacts['findings'][number], m: LoaderWords): string {
  const versions = securityVersion !== null && least !== null ? ` (${m.asked(securityVersion, least)})` : '';
  return about === null ? m.finding[finding] : `${about}${versions}: ${m.finding[finding]}`;
}

/** Of a medium on record: `Windows UEFI CA 2023, security version 9.0`. */
export function shortLoader({ signedUnder, securityVersion }: Pick<LoaderFacts['loaders'][number], 'signedUnder' | 'securityVersion'>, m: LoaderWords): string {
  return [signedUnder.length === 0 ? m.none : signedUnder.map((ca) => SIGNING_CA_NAMES[ca]).join(' + '), ...(securityVersion === null ? [] : [m.version(securityVersion)])].join(', ');
}
