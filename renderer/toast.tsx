// A toast says what has been done, with Undo where it can be undone: 8 s, paused by pointer or focus.
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useCommands } from './keys/commands.tsx';
import { Button } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { failureSentence } from './messages/index.ts';
import { useLanguage, useMessages } from './preferences.tsx';
import styles from './toast.module.css';

/** `undo`: what it can not take back any more, it says in a toast of its own. */
interface Toast { readonly text: string; readonly undo?: () => Promise<unknown>; readonly failed?: boolean }

const SHOWN_FOR_MS = 8000;
const Context = createContext<((toast: Toast) => void) | null>(null);

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toast, setToast] = useState<Toast | null>(null);
  const say = useCallback((next: Toast) => setToast(next), []);
  return <Context value={say}>{children}<ToastRegion toast={toast} onSay={say} onClose={useCallback(() => setToast(null), [])} /></Context>;
}

export function useToast(): (toast: Toast) => void {
  const say = use(Context);
  if (say === null) throw new Error('ToastProvider is missing above');
  return say;
}

function ToastRegion({ toast, onSay, onClose }: { readonly toast: Toast | null; readonly onSay: (toast: Toast) => void; readonly onClose: () => void }) {
  const m = useMessages();
  const language = useLanguage();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (toast === null || held) return;
    const timer = setTimeout(onClose, SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [toast, held, onClose]);
  const takeBack = toast?.undo;
  const undo = useMemo(() => (takeBack === undefined ? undefined : (): void => {
    onClose();
    takeBack().catch((failure: unknown) => onSay({ failed: true, text: `${m.common.notUndone} ${failureSentence(language, failure)}` }));
  }), [takeBack, onClose, onSay, m, language]);
  useCommands(useMemo(() => (undo === undefined ? [] : [{ id: 'undo', label: m.common.undo, keys: 'Ctrl+Z', run: undo }]), [undo, m]));
  return (
    <div className={styles['region']} role="status">
      {toast === null ? null : (
        <div className={styles['toast']} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
          <Icon name={toast.failed === true ? 'warning' : 'check'} />{toast.text}
          {undo === undefined ? null : <Button look="quiet" keys="Ctrl+Z" onClick={undo}>{m.common.undo}</Button>}
        </div>
      )}
    </div>
  );
}
