// A host state: shape, word and colour, each enough on its own.
import type { HostState } from '../../electron/core/codes.ts';
import { useMessages } from '../preferences.tsx';
import { classNames } from './class-names.ts';
import { Glyph } from './icon.tsx';
import styles from './state-mark.module.css';

/** In tables without ground; as a chip once, in the head of a thing. */
export function StateMark({ state, chip = false }: { readonly state: HostState; readonly chip?: boolean }) {
  const m = useMessages();
  return <span className={classNames(styles['state'], chip && styles['chip'])} data-state={state} title={m.words.hostStateMeans[state]}><Glyph state={state} />{m.words.hostState[state]}</span>;
}
