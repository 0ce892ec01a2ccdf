// IDs that rows of a file give of hosts, on their way to the store: each once for a host, by kind and value.
import type { HostId } from '../../formats/intake/host-ids.ts';
import type { HostIdKind } from '../codes.ts';

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
interface Noted { readonly kind: HostIdKind; readonly host: number; readonly row: number; others: Map<number, number> | null }

export function openHostIdStaging(): HostIdStaging {
  /** By kind and value, which are in order as the two are one after the other: no kind has a space in it. */
  let noted = new Map<string, Noted>();
  return {
    note({ kind, value }, host, row) {
      const name = `${kind} ${value}`;
      const known = noted.get(name);
      if (known === undefined) noted.set(name, { kind, host, row, others: null });
      else if (known.host !== host && known.others?.has(host) !== true) (known.others ??= new Map()).set(host, row);
    },
    take() {
      const ids = { kinds: [] as HostIdKind[], values: [] as string[], hosts: [] as number[], rows: [] as number[] };
      for (const name of Array.from(noted.keys()).sort()) {
        const { kind, host, row, others } = noted.get(name) as Noted; // one of its keys
        for (const [one, itsRow] of others === null ? [[host, row] as const] : [[host, row] as const, ...others]) {
          ids.kinds.push(kind);
          ids.values.push(name.slice(kind.length + 1));
          ids.hosts.push(one);
          ids.rows.push(itsRow);
        }
      }
      noted = new Map();
      return ids;
    },
  };
}
