// One host in the list. Drawn again only when something of it changed: while the list is scrolled, only the lines that come into sight are.
import { memo, useRef, type CSSProperties } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import type { HostState } from '../../../electron/core/codes.ts';
import { Box } from '../../parts/field.tsx';
import { Marked } from '../../parts/marked.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import styles from './hosts-table.module.css';

export type HostRow = Output<'hosts.list'>['rows'][number];
/** The height of a line; --row in tokens.css. */
export const LINE_REM = 2;
export const COLUMNS = ['hostname', 'state', 'reason', 'model', 'site', 'keyRecords', 'stateAt'] as const;

/** What a line may ask for; the same functions at every drawing. */
export interface LineActs { readonly choose: (hostId: number, index: number) => void; readonly select: (hostId: number, on: boolean) => void }

interface HostLineProps {
  readonly index: number;
  /** Null while its page is on the way. */
  readonly host: HostRow | null;
  readonly isChosen: boolean;
  /** Null where nobody may act on many hosts. */
  readonly isSelected: boolean | null;
  readonly acts: LineActs;
}

/** The same nodes whatever stands on the line, and also while nothing does: to put another host on it is to change some words. */
export const HostLine = memo(function HostLine({ index, host, isChosen, isSelected, acts }: HostLineProps) {
  const m = useMessages();
  const format = useFormat();
  const state = useRef<HostState>('known');
  if (host !== null) state.current = host.state;
  return (
    <tr role="row" aria-rowindex={index + 2} aria-selected={isChosen} aria-busy={host === null ? true : undefined} className={host === null ? styles['waiting'] : undefined} style={placeOf(index)} onClick={() => { if (host !== null) acts.choose(host.hostId, index); }}>
      {isSelected === null ? null : (
        <td role="gridcell" className={styles['select']} onClick={(event) => event.stopPropagation()}>
          <Box tabIndex={-1} aria-label={host === null ? m.common.loading : m.manyHosts.select(host.hostname)} disabled={host === null} checked={isSelected} onChange={(event) => { if (host !== null) acts.select(host.hostId, event.target.checked); }} />
        </td>
      )}
      <td role="gridcell" className={styles['hostname']}><span className={text['code']}>{host === null || host.match === null ? host?.hostname : <Marked text={host.hostname} match={host.match} />}</span></td>
      <td role="gridcell" className={styles['state']}><StateMark state={state.current} blank={host === null} /></td>
      <td role="gridcell" className={styles['reason']}>{host === null ? '' : whyOf(host, m)}</td>
      <td role="gridcell" className={styles['model']}>{host?.model}</td>
      <td role="gridcell" className={styles['site']}>{host?.site ?? host?.organizationalUnit}</td>
      <td role="gridcell" className={styles['keyRecords']}>{host === null ? '' : format.number(host.keyRecords)}</td>
      <td role="gridcell" className={styles['stateAt']}>{host === null ? '' : format.short(host.stateAt, Date.now())}</td>
    </tr>
  );
});

const placeOf = (index: number): CSSProperties => ({ transform: `translateY(${index * LINE_REM}rem)` });

/** What stands beside the state: the reason of a block, how a host was closed, or that its result is a claim. */
function whyOf(host: HostRow, m: ReturnType<typeof useMessages>): string {
  if (host.blockedReason !== null) return m.words.blockedReason[host.blockedReason];
  if (host.closedAs !== null) return m.words.closedAs[host.closedAs];
  if (host.flaggedClaim) return m.hosts.claim;
  return host.keyRecords === 0 && (host.state === 'reported' || host.state === 'known') ? m.words.blockedReason['no-key'] : '';
}
