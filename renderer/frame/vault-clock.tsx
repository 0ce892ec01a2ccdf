// The vault's clock: whoever works, or waits for work that runs, keeps it open, a minute of warning before it closes by itself.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '../desk.tsx';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { useFormat, useMessages } from '../preferences.tsx';
import { whileAtWork } from '../use-at-work.ts';
import { useNow } from '../use-now.ts';
import styles from './vault-clock.module.css';

/** The desk is told at most this often that somebody is there. */
const TOUCH_EVERY_MS = 15_000;
const WARN_BEFORE_MS = 60_000;

export interface VaultClock { readonly closesInMs: number | null; readonly stay: () => void }

export function useVaultClock(): VaultClock {
  const api = useApi();
  const [closesAt, setClosesAt] = useState<number | null>(null);
  const touchedAt = useRef(0);
  const now = useNow(1000);
  const stay = useCallback(() => {
    touchedAt.current = Date.now();
    // A desk that does not answer is said by the screens; the clock just stands still.
    api.call('vault.touch', {}).then((answer) => setClosesAt(answer.closesAt === null ? null : Date.parse(answer.closesAt)), () => undefined);
  }, [api]);
  useEffect(() => {
    stay();
    const there = (): void => { if (Date.now() - touchedAt.current >= TOUCH_EVERY_MS) stay(); };
    const stopListening = whileAtWork(there);
    window.addEventListener('keydown', there);
    window.addEventListener('pointerdown', there);
    return () => {
      stopListening();
      window.removeEventListener('keydown', there);
      window.removeEventListener('pointerdown', there);
    };
  }, [stay]);
  return { closesInMs: closesAt === null ? null : Math.max(0, closesAt - now), stay };
}

export function ClosingSoon({ clock }: { readonly clock: VaultClock }) {
  const m = useMessages();
  const format = useFormat();
  if (clock.closesInMs === null || clock.closesInMs > WARN_BEFORE_MS) return null;
  return (
    <div className={styles['soon']} role="alertdialog" aria-label={m.frame.closingTitle}>
      <Notice kind="warning">{m.frame.closing(format.countdown(clock.closesInMs))}</Notice>
      <Button onClick={clock.stay}>{m.frame.stay}</Button>
    </div>
  );
}
