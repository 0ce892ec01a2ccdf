// Where the scanner types. Its text is left to the DOM: should it be a recovery password, it is nowhere else.
import { useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { useMessages } from '../../preferences.tsx';
import { typedRecoveryPassword } from '../../typed-recovery-password.ts';
import { ARRIVAL_CHOICES, arrivalChoice } from './arrival.tsx';
import styles from './walk-in.module.css';

/** Scanners end with Enter, some with two: what comes so soon after a scan is no act of a person. */
const SCANNER_PAUSE_MS = 600;
/** Serial numbers of some makers have twelve digits and more; three groups of a recovery password have eighteen. */
const SECRET_DIGITS = 18;

interface ScanFieldProps { readonly field: RefObject<HTMLInputElement | null>; readonly onSaid: (said: string) => void; readonly onSecret: () => void; /** Enter with nothing typed. */ readonly onGo: () => void; readonly onMove: (step: 1 | -1) => void; readonly onInput: () => void; /** Which of the hosts that were found is chosen; null where there are none to choose from. */ readonly choice: number | null }

export function ScanField({ field, onSaid, onSecret, onGo, onMove, onInput, choice }: ScanFieldProps) {
  const m = useMessages();
  const scannedAt = useRef(0);
  useLayoutEffect(() => {
    // Scanner and hands type into the field from anywhere on this screen.
    const type = (event: globalThis.KeyboardEvent): void => {
      if (event.key.length !== 1 || event.key === '/' || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]') !== null) return;
      if (event.target instanceof HTMLElement && ['INPUT', 'SELECT', 'TEXTAREA'].includes(event.target.tagName)) return;
      field.current?.focus();
    };
    window.addEventListener('keydown', type);
    return () => window.removeEventListener('keydown', type);
  }, [field]);
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    const input = event.currentTarget;
    const said = input.value.trim();
    if (event.key === 'Enter') {
      input.value = '';
      if (said !== '') {
        scannedAt.current = Date.now();
        if (typedRecoveryPassword(said) !== null && said.replace(/\D/g, '').length >= SECRET_DIGITS) onSecret();
        else onSaid(said);
      } else if (!event.repeat && Date.now() - scannedAt.current > SCANNER_PAUSE_MS) onGo();
    } else if (said === '' && event.key === 'ArrowDown') onMove(1);
    else if (said === '' && event.key === 'ArrowUp') onMove(-1);
    else return;
    event.preventDefault();
  };
  return (
    <label className={styles['scan']}>
      <Icon name="search" large />
      <input ref={field} type="search" className={styles['scanText']} placeholder={m.walkIn.field} aria-label={m.walkIn.field} autoFocus autoComplete="off" spellCheck={false} maxLength={200} onKeyDown={press} onInput={onInput}
        {...(choice === null ? {} : { role: 'combobox', 'aria-expanded': true, 'aria-controls': ARRIVAL_CHOICES, 'aria-activedescendant': choice < 0 ? undefined : arrivalChoice(choice) })} />
    </label>
  );
}
