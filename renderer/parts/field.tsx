// A field: label above, line of 3:1, note or error below. What is typed is kept as typed.
import { useId, useState, type ComponentProps, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useMessages } from '../preferences.tsx';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import styles from './field.module.css';

interface FieldProps {
  readonly label: string;
  /** Stands at the right end of the label: "optional", a count. */
  readonly aside?: ReactNode;
  readonly note?: ReactNode;
  readonly error?: string | null | undefined;
  readonly children: (wiring: { readonly id: string; readonly 'aria-describedby': string | undefined; readonly 'aria-invalid': boolean | undefined }) => ReactNode;
}

export function Field({ label, aside, note, error, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasError = error !== undefined && error !== null;
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>{label}{aside === undefined ? null : <span className={styles['aside']}>{aside}</span>}</label>
      {children({ id, 'aria-describedby': hasError || note !== undefined ? noteId : undefined, 'aria-invalid': hasError ? true : undefined })}
      {hasError ? <span className={styles['error']} id={noteId} role="alert"><Icon name="warning" />{error}</span> : note === undefined ? null : <span className={styles['note']} id={noteId}>{note}</span>}
    </div>
  );
}

export function Input({ code = false, ...rest }: ComponentProps<'input'> & { readonly code?: boolean }) {
  return <input {...rest} className={classNames(styles['input'], code && styles['code'])} spellCheck={false} autoComplete="off" />;
}

export function TextArea({ code = false, ...rest }: ComponentProps<'textarea'> & { readonly code?: boolean }) {
  return <textarea {...rest} className={classNames(styles['input'], styles['area'], code && styles['code'])} spellCheck={false} />;
}

export function Select(props: ComponentProps<'select'>) {
  return <span className={styles['select']}><select {...props} className={styles['input']} /><Icon name="down" /></span>;
}

export function Check({ label, note, ...rest }: ComponentProps<'input'> & { readonly label: ReactNode; readonly note?: ReactNode }) {
  return (
    <label className={styles['check']}>
      <input type="checkbox" {...rest} />
      <span>{label}{note === undefined ? null : <span className={styles['checkNote']}>{note}</span>}</span>
    </label>
  );
}

/** A checkbox whose label is what stands beside it in a table; say it in `aria-label`. */
export function Box(props: ComponentProps<'input'>) {
  return <span className={styles['check']}><input type="checkbox" {...props} /></span>;
}

interface PassphraseProps { readonly label: string; readonly field: RefObject<HTMLInputElement | null>; readonly note?: ReactNode; readonly error?: string | null; readonly isNew?: boolean; readonly autoFocus?: boolean; readonly onInput?: () => void }

/** Left to the DOM (never a prop, so never an attribute); says when caps lock is on. */
export function PassphraseField({ label, field, note, error, isNew = false, autoFocus = false, onInput }: PassphraseProps) {
  const m = useMessages();
  const [caps, setCaps] = useState(false);
  const watch = (event: KeyboardEvent): void => setCaps(event.getModifierState('CapsLock'));
  return (
    <Field label={label} note={caps ? <span className={styles['caps']}>{m.firstStart.caps}</span> : note} error={error}>
      {(wiring) => (
        <input {...wiring} ref={field} type="password" className={styles['input']} autoComplete={isNew ? 'new-password' : 'off'} spellCheck={false} autoFocus={autoFocus}
          onKeyDown={watch} onKeyUp={watch} onBlur={() => setCaps(false)} onInput={onInput} />
      )}
    </Field>
  );
}

interface SegmentsProps<T extends string> { readonly label: string; readonly value: T; readonly options: readonly { readonly value: T; readonly label: string }[]; readonly onChange: (value: T) => void }

/** A choice of two to four, all in sight. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  return (
    <span className={styles['segments']} role="group" aria-label={label}>
      {options.map((option) => <button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => onChange(option.value)}>{option.label}</button>)}
    </span>
  );
}
