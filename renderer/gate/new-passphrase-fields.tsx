// A new passphrase, typed twice: long rather than odd.
import { useRef, useState, type RefObject } from 'react';
import { PassphraseField } from '../parts/field.tsx';
import { useMessages } from '../preferences.tsx';

/** As the contract wants it of new passphrases. */
export const PASSPHRASE_LENGTH = 8;

export interface NewPassphrase { readonly first: RefObject<HTMLInputElement | null>; readonly second: RefObject<HTMLInputElement | null>; readonly missing: number; readonly different: boolean; readonly good: boolean; readonly look: () => void }

/** Knows how long the two fields are and whether they are the same, never what is in them. */
export function useNewPassphrase(): NewPassphrase {
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [seen, setSeen] = useState({ missing: PASSPHRASE_LENGTH, different: false, good: false });
  const look = (): void => {
    const one = first.current?.value ?? '';
    const two = second.current?.value ?? '';
    setSeen({ missing: Math.max(0, PASSPHRASE_LENGTH - one.length), different: two !== '' && !one.startsWith(two), good: one.length >= PASSPHRASE_LENGTH && one === two });
  };
  return { first, second, ...seen, look };
}

export function NewPassphraseFields({ passphrase, firstLabel, secondLabel, autoFocus = false }: { readonly passphrase: NewPassphrase; readonly firstLabel: string; readonly secondLabel: string; readonly autoFocus?: boolean }) {
  const m = useMessages();
  const begun = passphrase.missing < PASSPHRASE_LENGTH;
  return (
    <>
      <PassphraseField label={firstLabel} field={passphrase.first} isNew autoFocus={autoFocus} note={begun && passphrase.missing > 0 ? m.firstStart.tooShort(passphrase.missing) : m.firstStart.passphraseNote} onInput={passphrase.look} />
      <PassphraseField label={secondLabel} field={passphrase.second} isNew error={passphrase.different ? m.firstStart.different : null} onInput={passphrase.look} />
    </>
  );
}
