// A recovery password, or a LAPS password, as codes for a scanner that types like a keyboard: QR and Code 128.
import { useEffect, useState } from 'react';
import { Check } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';
import type { Drawn } from '../../scanner-code.ts';
import styles from './disclosed.module.css';

/** Pixels per unit. A module of two pixels is 0.5 mm on a plain screen, which any 2D scanner reads off the glass; with hyphens Code 128 is nearly twice as long and fits only at half of that. */
const QR_PIXELS = 3;
/** A QR code of few characters has few modules: they may be larger. */
const LAPS_QR_PIXELS = 4;
const LONGEST_AT_TWO = 340;
const barPixels = (hyphens: boolean): number => (hyphens ? 1 : 2);

export function ScannerCodes({ recoveryPassword }: { readonly recoveryPassword: string }) {
  const m = useMessages();
  const [hyphens, setHyphens] = useState(false);
  const [codes, setCodes] = useState<{ readonly qr: Drawn; readonly bar: Drawn; readonly hyphens: boolean } | null>(null);
  useEffect(() => {
    let there = true;
    // Loaded when it is needed: half the window again.
    void import('../../scanner-code.ts').then(({ barCode, qrCode }) => {
      const text = hyphens ? recoveryPassword : recoveryPassword.replaceAll('-', '');
      if (there) setCodes({ qr: qrCode(text), bar: barCode(text), hyphens });
    });
    return () => { there = false; };
  }, [recoveryPassword, hyphens]);
  return (
    <div className={styles['codes']}>
      {codes === null ? null : (
        <>
          <Code drawn={codes.qr} pixels={QR_PIXELS} title={m.calls.qr} />
          <Code drawn={codes.bar} pixels={barPixels(codes.hyphens)} title={m.calls.bar} />
        </>
      )}
      <div className={styles['codesFoot']}><Check label={m.calls.hyphens} checked={hyphens} onChange={(event) => setHyphens(event.target.checked)} /><span>{m.calls.codesNote}</span></div>
    </div>
  );
}

/** Signs and both cases: Code 128 in set B, a QR code in bytes. What is too long for two pixels a module is drawn with one. */
export function LapsCodes({ password }: { readonly password: string }) {
  const m = useMessages();
  const [codes, setCodes] = useState<{ readonly qr: Drawn; readonly bar: Drawn | null } | null>(null);
  useEffect(() => {
    let there = true;
    void import('../../scanner-code.ts').then(({ barCode, qrCode }) => {
      // Code 128 has ASCII alone.
      if (there) setCodes({ qr: qrCode(password), bar: /^[\x20-\x7e]+$/.test(password) ? barCode(password) : null });
    });
    return () => { there = false; };
  }, [password]);
  return (
    <div className={styles['codes']}>
      {codes === null ? null : <><Code drawn={codes.qr} pixels={LAPS_QR_PIXELS} title={m.calls.qr} />{codes.bar === null ? null : <Code drawn={codes.bar} pixels={codes.bar.width > LONGEST_AT_TWO ? 1 : 2} title={m.calls.bar} />}</>}
      <div className={styles['codesFoot']}><span>{m.laps.codesNote}</span></div>
    </div>
  );
}

function Code({ drawn, pixels, title }: { readonly drawn: Drawn; readonly pixels: number; readonly title: string }) {
  return <figure><svg role="img" aria-label={title} width={drawn.width * pixels} height={drawn.height * pixels} viewBox={`0 0 ${drawn.width} ${drawn.height}`}><path d={drawn.path} fillRule="evenodd" /></svg><figcaption>{title}</figcaption></figure>;
}
