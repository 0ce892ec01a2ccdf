// The IDs a source gives of a host beside its name, in the one form by which they can be compared.
import type { HostIdKind } from '../../core/codes.ts';
import { isSerialNumber } from '../../core/hosts/serial-number.ts';

export interface HostId { readonly kind: HostIdKind; readonly value: string }

/** What a source says, as it says it. */
export interface GivenIds {
  readonly serialNumber?: string | null; readonly biosUuid?: string | null; readonly objectGuid?: string | null; readonly sid?: string | null;
  readonly entraDeviceId?: string | null; readonly sensorId?: string | null; readonly dnsName?: string | null;
  /** Where a directory has the computer: its name and the domain, `pc-1.corp.example`. Mostly, but not everywhere, its DNS name too. */
  readonly directoryName?: string | null;
}

/** Of all hosts without any: one list. */
export const NO_HOST_IDS: readonly HostId[] = [];

/**
 * @param given Untrusted.
 * @returns Those that can tell a machine: what makers leave in their boards (`To be filled by O.E.M.`, zeros) is none.
 */
export function readHostIds({ serialNumber, biosUuid, objectGuid, sid, entraDeviceId, sensorId, dnsName, directoryName }: GivenIds): readonly HostId[] {
  const ids: HostId[] = [];
  const add = (kind: HostIdKind, value: string | null | undefined, isOne: (value: string) => boolean): void => {
    if (value !== null && value !== undefined && isOne(value)) ids.push({ kind, value });
  };
  add('serial-number', serialNumber?.trim().toUpperCase(), isSerialNumber);
  add('bios-uuid', biosUuid?.trim().replace(/^\{|\}$/g, '').toUpperCase(), isBiosUuid);
  add('object-guid', objectGuid?.trim().replace(/^\{|\}$/g, '').toUpperCase(), isGuid);
  add('sid', sid?.trim().toUpperCase(), (value) => /^S-1-5-21-\d{1,10}-\d{1,10}-\d{1,10}-\d{1,10}$/.test(value));
  add('entra-device-id', entraDeviceId?.toUpperCase(), isGuid);
  add('sensor-id', sensorId?.trim().toLowerCase(), (value) => /^[0-9a-f]{32}$/.test(value) && new Set(value).size > 2);
  add('dns-name', dnsName?.trim().toLowerCase(), (value) => value.includes('.') && value.length <= 255);
  add('directory-name', directoryName?.trim().toLowerCase(), (value) => value.includes('.') && value.length <= 255);
  return ids.length === 0 ? NO_HOST_IDS : ids;
}

const isGuid = (value: string): boolean => /^[0-9A-F]{8}-(?:[0-9A-F]{4}-){3}[0-9A-F]{12}$/.test(value) && new Set(value).size > 2;
/** The last is what a well-known BIOS has when nobody set one. */
const isBiosUuid = (value: string): boolean => isGuid(value) && value !== '03000200-0400-0500-0006-000700080009' && !/^0{8}-0000-0000-0000-/.test(value);
