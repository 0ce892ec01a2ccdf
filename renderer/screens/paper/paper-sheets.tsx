// The sheets in sight, laid over the window and printed from there: eight numbered groups and a QR code for each key, by host.
import { useCallback, useEffect, useLayoutEffect, useMemo } from 'react';
import { createPortal } from 'react-dom';
import type { Output } from '../../../electron/api/contract.ts';
import { useTransport } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { focusPage } from '../../parts/give-focus.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { groupsOf } from '../../read-back.ts';
import { useToast } from '../../toast.tsx';
import { useHidesByItself } from '../../use-hides-by-itself.ts';
import { SecretWatch, UntilHidden } from '../lookup/secret-in-sight.tsx';
import type { Drawn } from '../../scanner-code.ts';
import styles from './paper-sheets.module.css';

const HIDES_AFTER_MS = 300_000;

/** @param draw Makes the QR codes; there before the sheets are, so that Enter prints from the first moment. */
export function PaperSheets({ paper, draw, onClose }: { readonly paper: Output<'paper.print'>; readonly draw: (text: string) => Drawn; readonly onClose: () => void }) {
  const m = useMessages();
  const format = useFormat();
  const transport = useTransport();
  useEffect(() => {
    void transport.protectScreen(true).catch(() => false);
    return () => { void transport.protectScreen(false).catch(() => false); };
  }, [transport]);
  // What had the focus before is gone with the question that led here.
  useLayoutEffect(() => () => { queueMicrotask(focusPage); }, []);
  const codes = useMemo(() => paper.lines.map(({ recoveryPassword }) => draw(recoveryPassword.replaceAll('-', ''))), [draw, paper]);
  return createPortal(
    <dialog className={styles['sheets']} aria-label={m.paper.title} ref={(dialog) => { if (dialog !== null && !dialog.open) dialog.showModal(); }} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <header className={styles['bar']}>
        <span>{m.paper.inSight}</span>
        <Clock onHide={onClose} />
        <Button look="primary" icon="print" autoFocus onClick={() => window.print()}>{m.paper.printNow}</Button>
        <Button icon="eye-off" keys="Escape" onClick={onClose}>{m.disclosed.hideNow}</Button>
      </header>
      <main className={styles['page']}>
        <h1>{m.paper.sheetTitle(paper.site ?? m.paper.noSite)}</h1>
        <p>{m.paper.facts(format.dateTime(paper.at), paper.operators.join(', '), paper.lines.length)}</p>
        <p><b>{m.paper.keepLocked}</b></p>
        <ol>
          {paper.lines.map((line, index) => {
            const code = codes[index];
            return (
              <li key={index}>
                <div>
                  <h2>{line.hostname}</h2>
                  <p className={styles['id']}>{line.keyProtectorId === null ? m.lookup.noKeyId : <><b>{line.keyProtectorId.slice(0, 8)}</b>{line.keyProtectorId.slice(8)}</>}{line.drive === null ? null : `  ${line.drive}`}</p>
                  <ol className={styles['groups']}>{groupsOf(line.recoveryPassword).map((group, at) => <li key={at}><small>{at + 1}</small>{group}</li>)}</ol>
                </div>
                {code === undefined ? null : <svg viewBox={`0 0 ${code.width} ${code.height}`} role="img" aria-label={m.calls.qr}><path d={code.path} fillRule="evenodd" /></svg>}
              </li>
            );
          })}
        </ol>
      </main>
    </dialog>, document.body);
}

/** Drawn by itself: a sheet of hundreds of keys is not drawn anew with every second. */
function Clock({ onHide }: { readonly onHide: () => void }) {
  const m = useMessages();
  const toast = useToast();
  const inSight = {
    hideAfterMs: HIDES_AFTER_MS,
    leftMs: useHidesByItself(HIDES_AFTER_MS, useCallback(() => { toast({ text: m.disclosed.hiddenByItself }); onHide(); }, [toast, m, onHide])),
  };
  return <div className={styles['clock']}><UntilHidden inSight={inSight} /><SecretWatch inSight={inSight} /></div>;
}
