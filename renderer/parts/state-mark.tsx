// A host state: shape, word and colour, each enough on its own.
import type { HostState } from '../../electron/core/codes.ts';
import { useMessages } from '../preferences.tsx';
import { classNames } from './class-names.ts';
import { Glyph } from './icon.tsx';
import styles from './state-mark.module.css';

/** In tables without ground; as a chip once, in the head of a thing. `blank`: its place only, to see and to hear nothing of. */
export function StateMark({ state, chip = false, blank = false }: { readonly state: HostState; readonly chip?: boolean; readonly blank?: boolean }) {
  const m = useMessages();
  return <span className={classNames(styles['state'], chip && styles['chip'], blank && styles['blank'])} data-state={state} title={blank ? undefined : m.words.hostStateMeans[state]}><Glyph state={state} />{blank ? '' : m.words.hostState[state]}</span>;
}
