// What a row of a table says of its key beside the recovery password: its ID, the directory object's name, its device, when it was made.
import type { KeyProtectorId } from '../../core/keys/key-protector-id.ts';
import type { ColumnRole } from './columns.ts';
import { parseInstant } from './instants.ts';
import { readGuid, readKeyProtectorId } from './key-values.ts';
import { idOfRow, otherGuidColumns } from './row-ids.ts';
import { OBJECT_NAME, valueOf } from './table-hosts.ts';
import type { TableLayout } from './table-layout.ts';

export interface ObjectName { readonly id: KeyProtectorId | null; readonly createdAt: string | null }

/** Reads them by what the columns of a table mean. */
export class RowFacts {
  /** Columns whose GUIDs are of something else. */
  readonly otherGuids: ReadonlySet<number>;
  readonly #layout: TableLayout;

  constructor(layout: TableLayout) {
    this.#layout = layout;
    this.otherGuids = otherGuidColumns(layout);
  }

  /** The first value of a role that is not blank, else the empty text. */
  value(fields: readonly string[], role: ColumnRole): string {
    return valueOf(this.#layout.columns, fields, role);
  }

  protectorId(fields: readonly string[]): KeyProtectorId | null {
    return idOfRow(this.#layout.columns, fields, this.otherGuids, this.#layout.header !== null);
  }

  /** AD's object name, in whichever column it came: it holds ID and time, whatever was lost in the others. */
  objectName(fields: readonly string[]): ObjectName | null {
    const { name = [], dn = [], host = [] } = this.#layout.columns;
    for (const columns of [name, dn, host]) {
      for (const column of columns) {
        const value = fields[column] ?? '';
        const match = value.includes('{') ? OBJECT_NAME.exec(value.trim()) : null;
        if (match !== null) return { id: readKeyProtectorId(match[2] ?? ''), createdAt: parseInstant(match[1] ?? '') };
      }
    }
    return null;
  }

  /** A key whose device was deleted keeps an ID of zeros; readGuid takes that for none. */
  deviceId(fields: readonly string[]): string | null {
    return readGuid(this.value(fields, 'entraDeviceId')) ?? readGuid(this.value(fields, 'deviceId'));
  }

  /** @returns ISO-8601 UTC. */
  createdAt(fields: readonly string[]): string | null {
    const created = parseInstant(this.value(fields, 'createdAt'));
    if (created !== null) return created;
    const date = this.value(fields, 'date').trim();
    const time = this.value(fields, 'time').trim();
    if (date === '') return null;
    return parseInstant(time === '' ? date : `${date}T${time}${this.value(fields, 'offset').trim()}`);
  }

  /** The ID of a row without a password is a recovery password's all the same; Get-BitLockerVolume lists every sort of protector, and says which. */
  isOfRecovery(fields: readonly string[]): boolean {
    const type = this.value(fields, 'keyType');
    return type === '' ? this.#layout.intakeKind !== 'bitlocker-volume-csv' : /recovery|numerical/i.test(type);
  }
}
