// The recovery sheet: shown once, printed, and one group typed back from the paper before anything goes on.
// What is printed is the one code in sight, with the facts around it: there is no second copy of it in the page.
import { useEffect, useRef, useState } from 'react';
import { useDeskState } from '../desk.tsx';
import { Button } from '../parts/button.tsx';
import { Field, Input } from '../parts/field.tsx';
import { SecretFrame } from '../parts/secret.tsx';
import { useFormat, useMessages } from '../preferences.tsx';
import { GatePage } from './gate-page.tsx';
import styles from './gate-page.module.css';

export interface SheetFacts { readonly code: string; readonly deskId: string; readonly createdAt: string; readonly operatorName: string }

/** The groups in which a code is shown, printed and typed back. */
function groupsOfCode(code: string): readonly string[] {
  return code.split(/[\s-]+/).filter((group) => group !== '');
}

/** Case and anything between the characters do not matter when typing back. */
const plain = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

export function RecoverySheet({ sheet, demo, onDone }: { readonly sheet: SheetFacts; readonly demo: boolean; readonly onDone: () => void }) {
  const m = useMessages();
  const format = useFormat();
  const groups = groupsOfCode(sheet.code);
  const [asked] = useState(() => Math.floor(Math.random() * groups.length));
  const typed = useRef<HTMLInputElement>(null);
  const [answer, setAnswer] = useState<'nothing' | 'typing' | 'wrong' | 'right'>('nothing');
  const look = (): void => {
    const given = plain(typed.current?.value ?? '');
    const wanted = plain(groups[asked] ?? '');
    setAnswer(given === '' ? 'nothing' : given === wanted ? 'right' : wanted.startsWith(given) ? 'typing' : 'wrong');
  };
  const made = format.dateTime(sheet.createdAt);
  // There is no second look at it: a browser asks before it reloads or leaves. Under Electron an objection would keep the window from closing, and nothing would be asked.
  const inBrowser = useDeskState().data?.runtime === 'browser';
  useEffect(() => {
    if (!inBrowser) return;
    const object = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', object);
    return () => window.removeEventListener('beforeunload', object);
  }, [inBrowser]);
  return (
    <GatePage title={m.firstStart.sheetTitle} lead={m.firstStart.sheetNote} demo={demo}>
      <div className={styles['printable']}><SecretFrame title={m.firstStart.sheetInSight}>
        <ol className={styles['code']}>{groups.map((group, index) => <li key={index} className={styles['group']}><span className={styles['groupNumber']}>{index + 1}</span><span className={styles['groupText']}>{group}</span></li>)}</ol>
        <p className={styles['note']}>{m.firstStart.notStored}</p>
      </SecretFrame></div>
      <Button icon="print" wide autoFocus onClick={() => window.print()}>{m.firstStart.print}</Button>
      <form className={styles['form']} onSubmit={(event) => { event.preventDefault(); if (answer === 'right') onDone(); }}>
        <Field label={m.firstStart.confirmLabel(asked + 1)} note={m.firstStart.confirmNote} error={answer === 'wrong' ? m.firstStart.confirmWrong : null}>{(wiring) => <Input {...wiring} ref={typed} code onInput={look} />}</Field>
        <Button look="primary" type="submit" large wide disabled={answer !== 'right'}>{m.firstStart.goOn}</Button>
      </form>
      <section className={styles['printed']} aria-hidden="true">
        <h1>Bluelift: {m.firstStart.sheetTitle}</h1>
        <dl><dt>{m.firstStart.sheetDesk}</dt><dd>{sheet.deskId}</dd><dt>{m.firstStart.sheetCreated}</dt><dd>{made}</dd><dt>{m.firstStart.sheetOperator}</dt><dd>{sheet.operatorName}</dd></dl>
        <p>{m.firstStart.sheetNote} {m.firstStart.sheetWarning}</p>
        <p>{m.firstStart.sheetUse}</p>
      </section>
    </GatePage>
  );
}
