// The LAPS passwords of a host as rows to choose one from; the latest of each account first. No row shows one.
import type { Output } from '../../../electron/api/contract.ts';
import { classNames } from '../../parts/class-names.ts';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import styles from './panel.module.css';

export type LapsCandidate = Output<'laps.ofHost'>[number];

export function LapsRows({ passwords, onChoose }: { readonly passwords: readonly LapsCandidate[]; readonly onChoose: (lapsPasswordId: number) => void }) {
  const m = useMessages();
  const format = useFormat();
  if (passwords.length === 0) return null;
  return (
    <div>
      <h3 className={styles['othersTitle']}>{m.laps.ofHost}</h3>
      <ul>
        {passwords.map((one) => (
          <li key={one.lapsPasswordId}>
            <button type="button" className={styles['key']} onClick={() => onChoose(one.lapsPasswordId)}>
              <span className={classNames(text['code'], text['cut'])}>{one.account ?? m.laps.builtIn}</span><span className={text['muted']}>{one.latest ? m.laps.latest : m.laps.earlier}</span><span className={classNames(text['num'], text['muted'])}>{format.date(one.updatedAt ?? one.expiresAt ?? one.importedAt)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
