// A recovery password as codes for a scanner that types like a keyboard: QR in its numeric mode, and Code 128.
import { useEffect, useState } from 'react';
import { Check } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';
import type { Drawn } from '../../scanner-code.ts';
import styles from './disclosed.module.css';

/** Pixels per unit. A module of two pixels is 0.5 mm on a plain screen, which any 2D scanner reads off the glass; with hyphens Code 128 is nearly twice as long and fits only at half of that. */
const QR_PIXELS = 3;
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

function Code({ drawn, pixels, title }: { readonly drawn: Drawn; readonly pixels: number; readonly title: string }) {
  return <figure><svg role="img" aria-label={title} width={drawn.width * pixels} height={drawn.height * pixels} viewBox={`0 0 ${drawn.width} ${drawn.height}`}><path d={drawn.path} fillRule="evenodd" /></svg><figcaption>{title}</figcaption></figure>;
}
