// A recovery password was typed into the lookup: which groups can be right, and nothing else of it.
import { Icon } from '../../parts/icon.tsx';
import { Notice } from '../../parts/notice.tsx';
import { SecretFrame } from '../../parts/secret.tsx';
import { useMessages } from '../../preferences.tsx';
import type { TypedGroup } from '../../typed-recovery-password.ts';
import styles from './panel.module.css';

export function TypedRecoveryPassword({ groups }: { readonly groups: readonly TypedGroup[] }) {
  const m = useMessages();
  const wrong = groups.filter((group) => group.state === 'wrong').map((group) => group.number);
  const right = groups.filter((group) => group.state === 'right').length;
  return (
    <div className={styles['typed']}>
      <SecretFrame title={m.lookup.typedTitle}>
        <ol className={styles['groups']}>
          {groups.map((group) => (
            <li key={group.number} className={styles['group']} data-group={group.state}>
              <b>{group.number}</b>
              <Icon name={group.state === 'right' ? 'check' : group.state === 'wrong' ? 'warning' : 'minus'} />
              {m.lookup.groupState[group.state]}
            </li>
          ))}
        </ol>
        <div className={styles['typedNote']} aria-live="assertive">
          <Notice kind={wrong.length > 0 ? 'danger' : 'info'}>{wrong.length > 0 ? m.lookup.typedWrong(wrong.join(', '), wrong.length > 1) : right === groups.length ? m.lookup.typedRight : m.lookup.typedSoFar(right)}</Notice>
        </div>
      </SecretFrame>
      <p className={styles['typedLead']}>{m.lookup.typedLead}</p>
    </div>
  );
}
