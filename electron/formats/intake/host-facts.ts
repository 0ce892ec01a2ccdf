// A host's facts out of whatever columns or attributes a source has.
import { isDistinguishedName } from '../../core/hosts/distinguished-name.ts';
import { parseHostname } from '../../core/hosts/hostname.ts';
import { NO_HOST_IDS, readHostIds, type GivenIds } from './host-ids.ts';
import type { HostFacts } from './rows.ts';
import type { KeyRemark, RejectReason } from './reasons.ts';

export type HostExtras = Partial<Omit<HostFacts, 'hostname' | 'ids'>>;

export type OtherIds = Pick<GivenIds, 'biosUuid' | 'objectGuid' | 'sid' | 'sensorId' | 'directoryName'>;

export type HostResult =
  | { readonly status: 'ok'; readonly host: HostFacts }
  | { readonly status: 'empty' | 'letters-lost' | 'unusable' | 'address' };

const NO_FACTS = {
  dnsName: null, domain: null, organizationalUnit: null, site: null, operatingSystem: null, maker: null, model: null, serialNumber: null,
  assetTag: null, userName: null, description: null, entraDeviceId: null, lastSeenAt: null, affected: null,
} as const satisfies HostExtras;

/**
 * A host from its name as given and what else the source says.
 *
 * @param given  Untrusted name in any spelling parseHostname knows.
 * @param extras  Facts from columns of their own; they go before those in the name's spelling.
 * @param ids  IDs that are no facts to be shown.
 * @returns The host, or why the name names none. Never throws.
 */
export function makeHost(given: string, extras: HostExtras, ids?: OtherIds): HostResult {
  const name = parseHostname(given);
  if (name.status !== 'ok') return { status: name.status };
  const dnsName = extras.dnsName ?? name.dnsName;
  const { serialNumber = null, entraDeviceId = null } = extras;
  const directoryName = ids?.directoryName ?? (name.domain !== null && isDistinguishedName(given) ? `${name.hostname}.${name.domain}` : null);
  const found = ids === undefined && dnsName === null && serialNumber === null && entraDeviceId === null && directoryName === null ? NO_HOST_IDS : readHostIds({ ...ids, serialNumber, entraDeviceId, dnsName, directoryName });
  return {
    status: 'ok',
    host: {
      ...NO_FACTS, ...extras,
      hostname: name.hostname,
      dnsName, serialNumber: found.find(({ kind }) => kind === 'serial-number')?.value ?? serialNumber, ids: found,
      domain: extras.domain ?? name.domain,
      organizationalUnit: extras.organizationalUnit ?? name.organizationalUnit,
    },
  };
}

/** Why a list's row without a usable name does not come in. */
export const hostRejection = (status: Exclude<HostResult['status'], 'ok'>): RejectReason =>
  ({ empty: 'hostname-missing', 'letters-lost': 'hostname-letters-lost', unusable: 'hostname-unusable', address: 'hostname-is-address' } as const)[status];

/** What is noted on a key that comes in without its host. */
export const hostRemark = (status: HostResult['status']): readonly KeyRemark[] =>
  status === 'ok' || status === 'empty' ? [] : status === 'letters-lost' ? ['hostname-letters-lost'] : ['hostname-unusable'];

/** Administrators write anything there: a text with many digits, or with a word for a password, is not taken in. */
export function description(text: string | undefined): string | null {
  const value = fact(text);
  return value === null || (value.match(/\p{Nd}/gu)?.length ?? 0) >= 20 || /pass|pwd|pw\b|kennwort|geheim|secret|\bpin\b|laps/i.test(value) ? null : value;
}

/** @returns The text, trimmed, or null for what exporters write for nothing and for what is too long to be a fact. */
export function fact(text: string | undefined): string | null {
  const given = text?.trim() ?? '';
  const value = given.startsWith('="') && given.endsWith('"') ? given.slice(2, -1).trim() : given; // a spreadsheet's way to keep a number a text
  return value.length > 256 || /^(?:|-|--|n\/a|null|\(null\)|none|not found|System\.\w+\[\])$/i.test(value) ? null : value;
}
