// One row of a table to keys and hosts, by what its columns mean.
import type { KeyProtectorId } from '../../core/keys/key-protector-id.ts';
import { keyRowOf } from './any-text.ts';
import { fact, hostRejection, hostRemark, makeHost } from './host-facts.ts';
import { lapsOfRow } from './laps-columns.ts';
import { lapsRows } from './laps-rows.ts';
import { isFileVaultKey, readGuid, readKeyCell, readKeyProtectorId } from './key-values.ts';
import type { PairedKey } from './key-pairing.ts';
import { isNoRow } from './no-row.ts';
import { isOtherObject, isOtherPlatform } from './other-platforms.ts';
import { LOST_KEY, WITHOUT_KEY, type KeyRemark, type RejectReason } from './reasons.ts';
import type { HostFacts, IntakeRow, KeyRow, ListedKeyRow, RejectedRow } from './rows.ts';
import { RowFacts, type ObjectName } from './row-facts.ts';
import { idBeside, idInTexts, idsInStep, isHeadingOfKey } from './row-ids.ts';
import { keyInGroups, mayHoldKey, NO_CONTEXT, searchCells } from './row-search.ts';
import type { Emit } from './row-reader.ts';
import { rowsBeside, tablesBeside } from './side-by-side.ts';
import { TableHosts } from './table-hosts.ts';
import type { TableLayout } from './table-layout.ts';

/** Makes rows of a table's records. */
export class TableRows {
  readonly #layout: TableLayout;
  readonly #emit: Emit;
  readonly #hosts: TableHosts;
  readonly #facts: RowFacts;
  readonly #beside: ReturnType<typeof tablesBeside>;

  constructor(layout: TableLayout, emit: Emit) {
    this.#layout = layout;
    this.#emit = emit;
    this.#hosts = new TableHosts(layout.columns);
    this.#facts = new RowFacts(layout);
    this.#beside = layout.mapped === true ? null : tablesBeside(layout.header, layout.columns);
  }

  /**
   * @param unclosed  The last field's quotation mark never closes: what is whole in the row counts, else it is rejected as cut off.
   * @returns False when it is no row: files joined end to end carry their header in the middle, some draw a line below it.
   */
  record(fields: readonly string[], row: number, unclosed = false): boolean {
    if (isNoRow(this.#layout, fields)) return false;
    for (const own of this.#beside === null ? [fields] : rowsBeside(fields, this.#beside)) {
      if (this.#layout.holds === 'hosts') this.#hostRow(own, row, unclosed);
      else this.#keyRow(own, row, unclosed);
    }
    return true;
  }

  #hostRow(fields: readonly string[], row: number, unclosed: boolean): void {
    // A recovery password in an inventory's remarks, perhaps the only one there is.
    if (fields.some(mayHoldKey)) {
      const found = searchCells(fields, row);
      if (found.keys.length > 0) return this.#keys(fields, row, found.keys, found.wrong);
      found.wrong.forEach(this.#emit);
    }
    const spread = this.#spreadKey(fields, row);
    if (spread !== null) return this.#keys(fields, row, [spread], []);
    if (fields.some(isFileVaultKey)) return this.#emit({ kind: 'rejected', row, reason: 'filevault-key' });
    if (isOtherPlatform(this.#layout, fields)) return this.#emit({ kind: 'rejected', row, reason: 'other-platform' });
    if (isOtherObject(this.#layout, fields)) return this.#emit({ kind: 'rejected', row, reason: 'other-object' });
    const host = this.#hosts.hostOf(fields);
    if (host.status !== 'ok') return this.#emit({ kind: 'rejected', row, reason: unclosed ? 'unclosed-quote' : hostRejection(host.status), field: 'hostname' });
    this.#emit({ kind: 'host', row, host: host.host });
    this.#laps(fields, row, host.host);
    this.#namedKey(fields, row, host.host);
  }

  /** A list of hosts that says which key each asks for, or has. */
  #namedKey(fields: readonly string[], row: number, host: HostFacts): void {
    const column = this.#layout.columns.protectorId?.find((one) => isHeadingOfKey(this.#layout.header?.[one] ?? ''));
    if (column === undefined || OTHER_PROTECTOR.test(this.#facts.value(fields, 'keyType'))) return;
    const keyProtectorId = readKeyProtectorId(fields[column] ?? '');
    if (keyProtectorId !== null) this.#emit({ kind: 'listed-key', row, keyProtectorId, host, entraDeviceId: this.#facts.deviceId(fields), createdAt: this.#facts.createdAt(fields), rejected: true });
  }

  #keyRow(fields: readonly string[], row: number, unclosed: boolean): void {
    const { columns } = this.#layout;
    // A directory export (csvde) may hold computers, users and recovery objects in one table.
    const objectClass = this.#facts.value(fields, 'objectClass').trim();
    if (/^computer$|;computer$/i.test(objectClass)) return this.#hostRow(fields, row, unclosed);
    if (objectClass !== '' && !/msFVE/i.test(objectClass)) return this.#emit({ kind: 'rejected', row, reason: 'other-object' });
    if (/^filevault/i.test(this.#facts.value(fields, 'keyType').trim())) return this.#emit({ kind: 'rejected', row, reason: 'filevault-key' });
    const passwords: PairedKey[] = [];
    let reason: { reason: RejectReason; groups?: readonly number[] } | null = null;
    for (const column of columns.password ?? []) {
      const cell = fields[column] ?? '';
      const asKey = readKeyCell(cell);
      // Somebody swapped the two headings.
      const read = asKey.status === 'ok' || readKeyProtectorId(cell) === null ? asKey : MISSING;
      if (read.status !== 'ok') {
        if (reason === null || reason.reason === 'recovery-password-missing') reason = read;
      } else if (!passwords.some((known) => known.recoveryPassword === read.recoveryPassword)) {
        passwords.push({ row, recoveryPassword: read.recoveryPassword, context: NO_CONTEXT, id: idBeside(columns, fields, column, row) });
      }
    }
    if (passwords.length > 0) {
      this.#keys(fields, row, passwords, []);
      return this.#keysInRemarks(fields, row, passwords);
    }
    // Several keys in a cell, or a key under a heading nobody knows. A heading that is known is believed, except for text around its keys.
    const everywhere = columns.password === undefined || reason?.reason === 'recovery-password-missing' || reason?.reason === 'no-key-in-row';
    const found = searchCells(everywhere ? fields : (columns.password ?? []).map((column) => fields[column] ?? ''), row);
    if (found.keys.length > 0) return this.#keys(fields, row, found.keys, found.wrong);
    const spread = everywhere ? this.#spreadKey(fields, row) : null;
    if (spread !== null) return this.#keys(fields, row, [spread], []);
    if (found.wrong.length > 0 && (reason === null || reason.reason === 'no-key-in-row' || reason.reason === 'wrong-length')) {
      const [only, ...others] = found.wrong;
      if (only?.kind !== 'rejected' || others.length > 0) return found.wrong.forEach(this.#emit);
      reason = only;
    }
    const named = this.#facts.objectName(fields);
    if (this.#layout.listsObjects === true && named === null) return this.#hostRow(fields, row, unclosed);
    const rejected = this.#whyNoKey(fields, row, reason, unclosed);
    const isMissing = rejected.reason === 'recovery-password-missing' || rejected.reason === 'no-key-in-row';
    const isListed = isMissing && (named !== null || this.#layout.listsKeys === true);
    const listed = isListed || LOST_KEY.has(rejected.reason) || (isMissing && this.#facts.isOfRecovery(fields)) ? this.#listedKey(fields, row, named, isListed) : null;
    if (listed === null || !isListed) this.#emit(listed === null ? this.#withHost(rejected, fields) : rejected);
    if (listed !== null) this.#emit(listed);
  }

  /** A host of which the list says that it has no key, or lost it, is one to know of: without it, nobody sees that its key is missing. */
  #withHost(rejected: RejectedRow, fields: readonly string[]): RejectedRow {
    const { host, name, dn, dnsName, password, weakPassword, protectorId } = this.#layout.columns;
    // The name in a password manager is any entry's.
    const isOfKeys = host !== undefined || ((name ?? dn ?? dnsName) !== undefined && (password !== weakPassword || protectorId !== undefined));
    const [only = '', ...others] = fields.filter((field) => field.trim() !== '');
    // Words on a line of their own, the head of a page; with the delimiters of a row, RECEPTION may well be a host.
    if (others.length === 0 && (/\s/.test(only.trim()) || (fields.length === 1 && !/\d/.test(only)))) return rejected;
    if (!isOfKeys || !WITHOUT_KEY.has(rejected.reason) || isOtherPlatform(this.#layout, fields)) return rejected;
    const named = this.#hosts.hostOf(fields);
    return named.status === 'ok' ? { ...rejected, host: named.host } : rejected;
  }

  /** A key whose password is not in the row. @param whole Nothing was lost: the list never has the passwords, or the directory keeps them. */
  #listedKey(fields: readonly string[], row: number, named: ObjectName | null, whole: boolean): ListedKeyRow | null {
    const given = this.#facts.protectorId(fields);
    // By a heading as common as "Id" only in a list that is known.
    const keyProtectorId = named?.id ?? (this.#layout.listsKeys === true || this.#layout.columns.protectorId !== undefined ? given : null);
    if (keyProtectorId === null) return null;
    const host = this.#hosts.hostOf(fields);
    return {
      kind: 'listed-key', row, keyProtectorId, host: host.status === 'ok' ? host.host : null, entraDeviceId: this.#facts.deviceId(fields), createdAt: named?.createdAt ?? this.#facts.createdAt(fields),
      ...(whole ? (named === null ? {} : { closed: true }) : { rejected: true }),
    };
  }

  #whyNoKey(fields: readonly string[], row: number, found: { reason: RejectReason; groups?: readonly number[] } | null, unclosed: boolean): RejectedRow {
    const reason = found?.reason ?? 'no-key-in-row';
    const type = this.#facts.value(fields, 'keyType').trim();
    const id = this.#facts.value(fields, 'protectorId');
    const rejected = { kind: 'rejected', row } as const;
    if (/SAMPLE|EXAMPLE/i.test(id) || reason === 'sample-row') return { ...rejected, reason: 'sample-row' };
    if (reason === 'recovery-password-missing' && type !== '' && !/recovery|numerical|bitlocker/i.test(type)) return { ...rejected, reason: 'other-protector' };
    if (unclosed) return { ...rejected, reason: 'unclosed-quote' };
    if (fields.some(isFileVaultKey)) return { ...rejected, reason: 'filevault-key' };
    return { ...rejected, reason, field: 'recoveryPassword', ...(found?.groups === undefined ? {} : { groups: found.groups }) };
  }

  #keys(fields: readonly string[], row: number, keys: readonly PairedKey[], wrong: readonly IntakeRow[]): void {
    const given = this.#facts.value(fields, 'protectorId');
    const named = this.#facts.objectName(fields);
    const host = this.#hosts.hostOf(fields);
    const ownId = named?.id ?? this.#idOfOne(fields, keys, host.status === 'ok');
    if (ownId === null && /SAMPLE|EXAMPLE/i.test(given)) return this.#emit({ kind: 'rejected', row, reason: 'sample-row' });
    const inStep = ownId === null ? idsInStep(this.#layout.columns, fields) : NONE_IN_STEP;
    const unreadableId = ownId === null && given !== '' && !isNothing(given) && keys.every((key) => key.id === null && !inStep.has(key.recoveryPassword));
    const remarks: readonly KeyRemark[] = unreadableId ? ['key-protector-id-unreadable', ...hostRemark(host.status)] : hostRemark(host.status);
    const deviceId = this.#facts.deviceId(fields);
    if (unreadableId && host.status !== 'ok' && deviceId === null) return this.#emit({ kind: 'rejected', row, reason: 'key-protector-id-wrong', field: 'keyProtectorId' });
    const createdAt = named?.createdAt ?? this.#facts.createdAt(fields);
    const drive = this.#facts.value(fields, 'drive').trim();
    for (const key of keys) {
      this.#emit({
        kind: 'key', row, recoveryPassword: key.recoveryPassword,
        // The row's ID belongs to its one key; which of several it is of can not be told.
        keyProtectorId: key.id?.keyProtectorId ?? inStep.get(key.recoveryPassword) ?? (keys.length === 1 ? ownId : null),
        host: this.#hostBeside(key) ?? (host.status === 'ok' ? host.host : null), entraDeviceId: deviceId,
        volumeId: readGuid(this.#facts.value(fields, 'volumeId')) ?? key.context.volumeId, volumeLabel: fact(this.#facts.value(fields, 'volumeLabel')) ?? key.context.volumeLabel,
        drive: /^[A-Za-z]:?\\?$/.test(drive) ? `${drive.charAt(0).toUpperCase()}:` : key.context.drive,
        createdAt: key.id?.createdAt ?? createdAt, remarks,
      } satisfies KeyRow);
    }
    for (const row of wrong) this.#emit(row);
    if (host.status === 'ok') this.#laps(fields, row, host.host);
  }

  /** What a text says beside the key goes before a title; a column of hosts goes before both. */
  #hostBeside({ context }: PairedKey): HostFacts | null {
    const { host, name, dn, dnsName } = this.#layout.columns;
    const named = context.host === null || (host ?? name ?? dn ?? dnsName) !== undefined ? null : makeHost(context.host, {});
    return named?.status === 'ok' ? named.host : null;
  }

  #laps(fields: readonly string[], row: number, host: HostFacts): void {
    const { laps } = this.#layout;
    if (laps !== undefined) lapsRows(row, host, lapsOfRow(laps, fields)).forEach(this.#emit);
  }

  /** An older key of the host, in what somebody wrote beside the row's own: its ID is in that text, too, or nowhere. */
  #keysInRemarks(fields: readonly string[], row: number, own: readonly PairedKey[]): void {
    const { columns } = this.#layout;
    const remarks = fields.filter((cell, column) => cell.length >= LEAST_REMARK && columns.password?.includes(column) !== true && mayHoldKey(cell));
    const others = remarks.length === 0 ? [] : searchCells(remarks, row).keys.filter((key) => !own.some(({ recoveryPassword }) => recoveryPassword === key.recoveryPassword));
    const host = others.length === 0 ? null : this.#hosts.hostOf(fields);
    for (const key of others) this.#emit({ ...keyRowOf(key), row, host: host?.status === 'ok' ? host.host : null, entraDeviceId: this.#facts.deviceId(fields) });
  }

  /** A key with a group in each cell stands in a table of keys, and "ID" there is the key's. */
  #spreadKey(fields: readonly string[], row: number): PairedKey | null {
    const key = keyInGroups(fields, row);
    const id = key === null ? null : this.#facts.protectorId(fields);
    return key === null || id === null ? key : { ...key, id: { row, keyProtectorId: id, createdAt: null, host: null } };
  }

  /** A key in a text has its ID there, too; what stands under "Id" is then the ticket's or the entry's, and no key's while a host leads to it. */
  #idOfOne(fields: readonly string[], keys: readonly PairedKey[], hasHost: boolean): KeyProtectorId | null {
    const { columns, header } = this.#layout;
    const inTexts = (): KeyProtectorId | null => (keys.length === 1 && keys[0]?.id === null && header !== null ? idInTexts(fields, this.#facts.otherGuids) : null);
    if (columns.password !== undefined || columns.protectorId !== undefined || columns.weakProtectorId === undefined) return this.#facts.protectorId(fields) ?? inTexts();
    return inTexts() ?? (hasHost ? null : this.#facts.protectorId(fields));
  }
}

const MISSING = { status: 'rejected', reason: 'recovery-password-missing' } as const satisfies ReturnType<typeof readKeyCell>;
const NONE_IN_STEP: ReturnType<typeof idsInStep> = new Map();
/** 48 digits and more. */
const LEAST_REMARK = 48;
const OTHER_PROTECTOR = /tpm|external|startup|certificate|sid|clear/i;
const isNothing = (text: string): boolean => /^(?:|-|--|n\/a|null|none|not found|device not found|no ?key ?found)$/i.test(text.trim());
