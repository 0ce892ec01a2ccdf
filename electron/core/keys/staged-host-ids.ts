// IDs that rows of a file give of hosts, on their way to the store: each once for a host, by kind and value.
import type { HostId } from '../../formats/intake/host-ids.ts';
import type { HostIdKind } from '../codes.ts';
import { ownText } from './own-text.ts';

/** The n-th entries of all columns belong together. `hosts`: index in StagedHosts. `rows`: of those that give it, the first. */
export interface StagedHostIds {
  readonly kinds: readonly HostIdKind[];
  readonly values: readonly string[];
  readonly hosts: readonly number[];
  readonly rows: readonly number[];
}

export interface HostIdStaging {
  note(id: HostId, host: number, row: number): void;
  /** @returns What was noted since, in the order of kinds and values, in which it is stored. */
  take(): StagedHostIds;
}

/** Whose an ID is, and the row that gives it; `others` likewise, of the few that several hosts have. */
interface Noted { readonly host: number; readonly row: number; others: Map<number, number> | null }

/** Gathers the IDs of one run after the other. */
export function openHostIdStaging(): HostIdStaging {
  let noted = new Map<HostIdKind, Map<string, Noted>>();
  return {
    note({ kind, value }, host, row) {
      let ofKind = noted.get(kind);
      if (ofKind === undefined) noted.set(kind, ofKind = new Map());
      const known = ofKind.get(value);
      if (known === undefined) ofKind.set(ownText(value), { host, row, others: null });
      else if (known.host !== host && known.others?.has(host) !== true) (known.others ??= new Map()).set(host, row);
    },
    take() {
      const ids = { kinds: [] as HostIdKind[], values: [] as string[], hosts: [] as number[], rows: [] as number[] };
      const add = (kind: HostIdKind, value: string, host: number, row: number): void => {
        ids.kinds.push(kind);
        ids.values.push(value);
        ids.hosts.push(host);
        ids.rows.push(row);
      };
      for (const [kind, ofKind] of Array.from(noted).sort(([one], [other]) => (one < other ? -1 : 1))) {
        for (const value of Array.from(ofKind.keys()).sort()) {
          const { host, row, others } = ofKind.get(value) as Noted; // one of its keys
          add(kind, value, host, row);
          others?.forEach((itsRow, one) => add(kind, value, one, itsRow));
        }
      }
      noted = new Map();
      return ids;
    },
  };
}
