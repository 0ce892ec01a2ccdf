// The rail: screens in three groups (work, records, desk); vault clock and operator at the foot. Below 1100 px it shows icons alone.
import { useAnswer, useApi, type DeskState } from '../desk.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import text from '../parts/text.module.css';
import { placeHash, SCREEN_GROUPS, type Screen } from '../place.ts';
import { useFormat, useMessages, usePreferences } from '../preferences.tsx';
import { DemoMark } from './demo-mark.tsx';
import { Mark } from './mark.tsx';
import styles from './rail.module.css';

const ICON_OF: Readonly<Record<Screen, IconName>> = {
  lookup: 'search', overview: 'overview', hosts: 'hosts', media: 'media', disks: 'disks', imports: 'imports', disclosures: 'disclosures', rotation: 'rotation', audit: 'audit', operators: 'operators', waves: 'waves', incidents: 'warning', reports: 'print', matching: 'key', 'walk-in': 'walk-in', settings: 'settings',
};

export function Rail({ state, screen, screens, closesInMs }: { readonly state: DeskState; readonly screen: Screen; readonly screens: readonly Screen[]; readonly closesInMs: number | null }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const { preferences, change } = usePreferences();
  const { data: status } = useAnswer('status.get', {}, { keep: true });
  const counts: Partial<Record<Screen, number>> = status === undefined ? {} : { hosts: status.hosts, media: status.media };
  const other = preferences.language === 'en' ? 'de' : 'en';
  const closesIn = closesInMs === null ? null : format.countdown(closesInMs);

  return (
    <nav className={styles['rail']} aria-label={m.frame.rail}>
      <div className={styles['mark']}><Mark /></div>
      {state.demo ? <DemoMark /> : null}
      {SCREEN_GROUPS.map((group: readonly Screen[]) => group.filter((name) => screens.includes(name))).filter((group) => group.length > 0).map((group) => (
        <ul key={group[0]} className={styles['list']}>
          {group.map((name) => (
            <li key={name}>
              <a className={styles['item']} href={placeHash(name)} aria-current={name === screen ? 'page' : undefined} title={m.screens[name]}>
                <Icon name={ICON_OF[name]} /><span className={styles['label']}>{m.screens[name]}</span>
                {name === 'lookup' ? <span className={styles['count']}><kbd>/</kbd></span> : counts[name] === undefined ? null : <span className={styles['count']}>{format.number(counts[name])}</span>}
              </a>
            </li>
          ))}
        </ul>
      ))}
      <div className={styles['foot']}>
        <button className={styles['fact']} type="button" title={closesIn === null ? m.frame.vaultOpen : m.frame.closesIn(closesIn)} onClick={() => void api.call('vault.close', {})}>
          <Icon name="vault" /><span className={styles['label']}>{m.frame.vaultOpen}</span><span className={styles['end']}>{closesIn}</span><span className={text['hiddenText']}>, {m.frame.closeVault}</span>
        </button>
        <button className={styles['fact']} type="button" title={`${state.operator?.name ?? ''}: ${(state.operator?.roles ?? []).map((role) => m.words.role[role]).join(', ')}`} onClick={() => change({ language: other })}>
          <Icon name="operators" /><span className={styles['label']}>{state.operator?.name}</span><span className={styles['end']}>{preferences.language.toUpperCase()}</span><span className={text['hiddenText']} lang={other}>, {m.frame.switchLanguage}</span>
        </button>
      </div>
    </nav>
  );
}
