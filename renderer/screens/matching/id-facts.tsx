// The IDs of a host as facts: one line a kind, each value with the first and the last file and row that give it.
import type { ReactNode } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { HOST_ID_KINDS } from '../../../electron/core/codes.ts';
import type { Messages } from '../../messages/index.ts';
import { classNames } from '../../parts/class-names.ts';
import text from '../../parts/text.module.css';
import styles from './matching.module.css';

type SaidId = Output<'hosts.get'>['ids'][number];

export function idFacts(ids: readonly SaidId[], m: Messages): readonly (readonly [label: string, value: ReactNode])[] {
  return HOST_ID_KINDS.flatMap((kind) => {
    const ofKind = ids.filter((id) => id.kind === kind);
    return ofKind.length === 0 ? [] : [[m.words.hostIdKind[kind], ofKind.map((id) => <Said key={id.value} id={id} m={m} />)] as const];
  });
}

function Said({ id, m }: { readonly id: SaidId; readonly m: Messages }) {
  const at = (source: string | null, row: number): string | null => (source === null ? null : row === 0 ? source : `${source}, ${m.imports.atRow(row)}`);
  const first = at(id.source, id.sourceRow);
  const last = at(id.lastSource, id.lastRow);
  return <><span className={classNames(text['code'], styles['value'])}>{id.value}</span><span className={styles['said']}>{[first, last === first ? null : last].filter((part) => part !== null).join(' … ')}</span></>;
}
