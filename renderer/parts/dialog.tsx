// The native dialog, 440 px. Opens when it is drawn, closes with Esc; Cancel has the focus; the button says the act.
import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useMessages } from '../preferences.tsx';
import { Button } from './button.tsx';
import { focusPage } from './give-focus.ts';
import { Failure } from './notice.tsx';
import styles from './dialog.module.css';

interface DialogProps { readonly title: string; readonly children: ReactNode; readonly onClose: () => void; readonly wide?: boolean }

export function Dialog({ title, children, onClose, wide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Read before anything in here takes the focus.
  const [opener] = useState(() => document.activeElement);
  // Before the picture is drawn: a key pressed from then on is the dialog's, and after it again the page's.
  useLayoutEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
    return () => { queueMicrotask(() => giveBack(opener)); };
  }, []);
  return (
    <dialog ref={dialog} className={wide ? `${styles['dialog'] ?? ''} ${styles['wide'] ?? ''}` : styles['dialog']} aria-labelledby={titleId} onClose={onClose} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <h2 id={titleId} className={styles['title']}>{title}</h2>
      {children}
    </dialog>
  );
}

/** Drawn away, a dialog leaves the focus nowhere: it goes back to where it came from, or to the page where that is gone. */
function giveBack(opener: Element | null): void {
  if (document.activeElement !== document.body && document.activeElement !== null) return;
  if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus({ preventScroll: true });
  else focusPage();
}

interface ActDialogProps {
  readonly title: string; readonly lead: ReactNode; readonly act: string; readonly danger?: boolean; readonly canAct?: boolean; readonly busy?: boolean; readonly failure?: unknown;
  readonly children?: ReactNode; readonly onAct: () => void; readonly onClose: () => void;
}

/** A dialog that asks before an act. Without fields of its own, Cancel has the focus. */
export function ActDialog({ title, lead, act, danger = false, canAct = true, busy = false, failure, children, onAct, onClose }: ActDialogProps) {
  const m = useMessages();
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (canAct && !busy) onAct(); }}>
        <div className={styles['body']}><p className={styles['lead']}>{lead}</p>{children}<Failure failure={failure} /></div>
        <div className={styles['acts']}>
          <Button onClick={onClose} autoFocus={children === undefined}>{m.common.cancel}</Button>
          <Button look={danger ? 'danger' : 'primary'} type="submit" disabled={!canAct || busy}>{act}</Button>
        </div>
      </form>
    </Dialog>
  );
}
