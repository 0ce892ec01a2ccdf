// The lines of the list of hosts that are in sight, and some on either side. Each line is a place that keeps its nodes:
// while the list is scrolled the line that goes out at one end comes in at the other, with another host on it.
import { useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref, type RefObject } from 'react';
import { HostLine, LINE_REM, type HostRow, type LineActs } from './host-line.tsx';
import styles from './hosts-table.module.css';

/** Drawn beyond what is in sight, at either end. */
const BEYOND = 10;

export interface HostLinesHandle {
  readonly firstInSight: () => number; readonly show: (index: number) => void;
  /** The IDs of the hosts in sight. */
  readonly inSight: () => readonly number[];
  /** Where a host stands, null when it is not among those drawn. */
  readonly placeOf: (hostId: number) => number | null;
}

interface HostLinesProps {
  readonly scroll: RefObject<HTMLDivElement | null>; readonly handle: Ref<HostLinesHandle>; readonly total: number;
  /** Null while its page is on the way. */
  readonly hostAt: (index: number) => HostRow | null;
  readonly chosen: number | null; readonly selected: ReadonlySet<number> | null; readonly acts: LineActs;
  /** Told when other lines than before are drawn. */
  readonly onDrawn: (first: number, last: number) => void;
  /** Told whether every host in sight is selected. */
  readonly onAllInSight: (all: boolean) => void;
}

export function HostLines({ scroll, handle, total, hostAt, chosen, selected, acts, onDrawn, onAllInSight }: HostLinesProps) {
  const [linePx] = useState(() => LINE_REM * parseFloat(getComputedStyle(document.documentElement).fontSize));
  /** As many lines as were ever needed at once: a number that changed with every pixel would make and drop one each time. */
  const most = useRef(0);
  const rangeExtractor = useCallback(({ startIndex, endIndex, count }: Range): number[] => {
    most.current = Math.max(most.current, endIndex - startIndex + 1 + 2 * BEYOND);
    const first = Math.max(0, Math.min(startIndex - BEYOND, count - most.current));
    return Array.from({ length: Math.min(most.current, count - first) }, (_, at) => first + at);
  }, []);
  const virtual = useVirtualizer({ count: total, getScrollElement: () => scroll.current, estimateSize: () => linePx, rangeExtractor });
  const drawn = virtual.getVirtualIndexes();
  const first = drawn[0] ?? 0;
  const last = drawn.at(-1) ?? 0;
  useEffect(() => onDrawn(first, last), [onDrawn, first, last]);
  const inSight = (): readonly number[] => {
    const { startIndex, endIndex } = virtual.range ?? { startIndex: 0, endIndex: -1 };
    return Array.from({ length: endIndex - startIndex + 1 }, (_, at) => hostAt(startIndex + at)).flatMap((host) => host?.hostId ?? []);
  };
  const all = selected !== null && selected.size > 0 ? inSight() : [];
  const allInSight = all.length > 0 && all.every((hostId) => selected?.has(hostId) === true);
  // Before it is painted: the box over the list would else go back for a moment when it is clicked.
  useLayoutEffect(() => onAllInSight(allInSight), [onAllInSight, allInSight]);
  const body = useRef<HTMLTableSectionElement>(null);
  const firstBefore = useRef(first);
  // Asked before the lines change: a node that was drawn away has lost the focus by then.
  const held = body.current?.contains(document.activeElement) === true ? document.activeElement : null;
  useLayoutEffect(() => {
    const isOther = firstBefore.current !== first;
    firstBefore.current = first;
    const now = document.activeElement;
    if (held === null || (now !== held && now !== document.body)) return; // nobody's, or gone elsewhere on purpose
    // What had the focus means another host now, or none for a while, or is gone: the list takes it back.
    if (isOther || now !== held || held.matches(':disabled')) scroll.current?.focus({ preventScroll: true });
  });
  useImperativeHandle(handle, () => ({
    firstInSight: () => virtual.range?.startIndex ?? 0,
    show: (index) => virtual.scrollToIndex(index),
    inSight,
    placeOf: (hostId) => drawn.find((index) => hostAt(index)?.hostId === hostId) ?? null,
  }), [virtual, drawn, hostAt]);
  const places = Math.max(1, most.current);
  // While it moves, in the order of their places, so that no node is moved; once it stands, in the order in which they are read.
  const order = virtual.isScrolling ? drawn.toSorted((one, other) => one % places - other % places) : drawn;
  return (
    <tbody ref={body} role="rowgroup" className={styles['lines']} style={{ height: `${total * LINE_REM}rem` }}>
      {order.map((index) => {
        const host = hostAt(index);
        return <HostLine key={index % places} index={index} host={host} isChosen={host !== null && host.hostId === chosen} isSelected={selected === null ? null : host !== null && selected.has(host.hostId)} acts={acts} />;
      })}
    </tbody>
  );
}
