// A recovery password, or a LAPS password, as codes for a scanner that types like a keyboard: QR and Code 128.
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { Check } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';
import type { Drawn } from '../../scanner-code.ts';
import styles from './disclosed.module.css';

/** Pixels per unit. */
const QR_PIXELS = 3;
/** A QR code of few characters has few modules: they may be larger. */
const LAPS_QR_PIXELS = 4;
/** A module of two pixels is 0.5 mm on a plain screen, which any 2D scanner reads off the glass; what has no room for that is drawn at half of it, as with hyphens, which make Code 128 nearly twice as long. */
const BAR_PIXELS = [2, 1];
/** Of a bar code that is wider, the ends are far from the middle of what a scanner sees. */
const WIDEST = 680;

export function ScannerCodes({ recoveryPassword }: { readonly recoveryPassword: string }) {
  const m = useMessages();
  const [hyphens, setHyphens] = useState(false);
  const [codes, setCodes] = useState<{ readonly qr: Drawn; readonly bar: Drawn } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let there = true;
    // Loaded when it is needed: half the window again.
    void import('../../scanner-code.ts').then(({ barCode, qrCode }) => {
      const text = hyphens ? recoveryPassword : recoveryPassword.replaceAll('-', '');
      if (there) setCodes({ qr: qrCode(text), bar: barCode(text) });
    });
    return () => { there = false; };
  }, [recoveryPassword, hyphens]);
  useInSight(box, codes !== null);
  return (
    <div ref={box} className={styles['codes']}>
      {codes === null ? null : <><Code drawn={codes.qr} pixels={QR_PIXELS} title={m.calls.qr} /><BarCode drawn={codes.bar} within={box} /></>}
      <div className={styles['codesFoot']}><Check label={m.calls.hyphens} checked={hyphens} onChange={(event) => setHyphens(event.target.checked)} /><span>{m.calls.codesNote}</span></div>
    </div>
  );
}

/** Signs and both cases: Code 128 in set B, a QR code in bytes. */
export function LapsCodes({ password }: { readonly password: string }) {
  const m = useMessages();
  const [codes, setCodes] = useState<{ readonly qr: Drawn; readonly bar: Drawn | null } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let there = true;
    void import('../../scanner-code.ts').then(({ barCode, qrCode }) => {
      // Code 128 has ASCII alone.
      if (there) setCodes({ qr: qrCode(password), bar: /^[\x20-\x7e]+$/.test(password) ? barCode(password) : null });
    });
    return () => { there = false; };
  }, [password]);
  useInSight(box, codes !== null);
  return (
    <div ref={box} className={styles['codes']}>
      {codes === null ? null : <><Code drawn={codes.qr} pixels={LAPS_QR_PIXELS} title={m.calls.qr} />{codes.bar === null ? null : <BarCode drawn={codes.bar} within={box} />}</>}
      <div className={styles['codesFoot']}><span>{m.laps.codesNote}</span></div>
    </div>
  );
}

/** Who asked for the codes sees them, however small the window. */
function useInSight(box: RefObject<HTMLElement | null>, drawn: boolean): void {
  useLayoutEffect(() => { if (drawn) box.current?.scrollIntoView({ block: 'nearest' }); }, [box, drawn]);
}

/** As large as there is room for; where there is none for bars that can be read, a sentence stands in their place. */
function BarCode({ drawn, within }: { readonly drawn: Drawn; readonly within: RefObject<HTMLElement | null> }) {
  const m = useMessages();
  const [room, setRoom] = useState<number | null>(null);
  useLayoutEffect(() => {
    const box = within.current;
    if (box === null) return;
    const measure = (): void => { const { paddingLeft, paddingRight } = getComputedStyle(box); setRoom(box.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)); };
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    measure();
    return () => observer.disconnect();
  }, [within]);
  if (room === null) return null;
  const pixels = BAR_PIXELS.find((each) => drawn.width * each <= Math.min(room, WIDEST));
  return pixels === undefined ? <p className={styles['noBar']}>{m.calls.barTooWide}</p> : <Code drawn={drawn} pixels={pixels} title={m.calls.bar} />;
}

function Code({ drawn, pixels, title }: { readonly drawn: Drawn; readonly pixels: number; readonly title: string }) {
  return <figure><svg role="img" aria-label={title} width={drawn.width * pixels} height={drawn.height * pixels} viewBox={`0 0 ${drawn.width} ${drawn.height}`}><path d={drawn.path} fillRule="evenodd" /></svg><figcaption>{title}</figcaption></figure>;
}
