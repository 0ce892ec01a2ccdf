// Icons and the shapes of the host states: one sprite in the page, used by reference, so that the CSP needs no exception.
import type { HostState } from '../../electron/core/codes.ts';
import { classNames } from './class-names.ts';
import styles from './icon.module.css';

/** 16 × 16, one stroke of 1.5, round ends. */
const ICONS = {
  search: 'M11.25 7a4.25 4.25 0 1 1-8.5 0 4.25 4.25 0 0 1 8.5 0ZM10.25 10.25l3.25 3.25',
  overview: 'M2.5 13.5h11M4.5 11V8M8 11V3.5M11.5 11V6',
  'walk-in': 'M3 13.5v-5h10v5M5 8.5V7a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v1.5M9.5 3.25a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0Z',
  hosts: 'M3.5 3h9A1.5 1.5 0 0 1 14 4.5v5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 9.5v-5A1.5 1.5 0 0 1 3.5 3ZM5.5 13.5h5M8 11v2.5',
  media: 'M6 6h4a1.5 1.5 0 0 1 1.5 1.5v5A1.5 1.5 0 0 1 10 14H6a1.5 1.5 0 0 1-1.5-1.5v-5A1.5 1.5 0 0 1 6 6ZM6 6V2.5h4V6M7.25 4.25h.01M8.75 4.25h.01',
  disks: 'M3.75 9h8.5a1.75 1.75 0 0 1 0 4.5h-8.5a1.75 1.75 0 0 1 0-4.5ZM2.25 10.5 4.5 3.25a1 1 0 0 1 .95-.75h5.1a1 1 0 0 1 .95.75l2.25 7.25M11.25 11.25h.01',
  imports: 'M8 2.5v7M5.25 6.75 8 9.5l2.75-2.75M2.5 10.5v2a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-2',
  disclosures: 'M1.75 8S4 3.75 8 3.75 14.25 8 14.25 8 12 12.25 8 12.25 1.75 8 1.75 8ZM9.75 8a1.75 1.75 0 1 1-3.5 0 1.75 1.75 0 0 1 3.5 0Z',
  'eye-off': 'M6.3 4a6.6 6.6 0 0 1 1.7-.25C12 3.75 14.25 8 14.25 8a11 11 0 0 1-1.6 2.1M4 5.2A11 11 0 0 0 1.75 8S4 12.25 8 12.25c1 0 1.9-.3 2.7-.7M2.5 2.5l11 11',
  rotation: 'M3 6.25A5.25 5.25 0 0 1 12.6 5M12.75 2.5V5.25H10M13 9.75A5.25 5.25 0 0 1 3.4 11M3.25 13.5v-2.75H6',
  audit: 'M4.5 2.5h7a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1ZM6 5.75h4M6 8.25h4M6 10.75h2',
  operators: 'M10.5 5.25a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM3 13.25c.5-2.6 2.5-4 5-4s4.5 1.4 5 4',
  settings: 'M2.5 5h5.75M11.75 5h1.75M2.5 11h1.75M7.75 11h5.75M11.75 5a1.75 1.75 0 1 1-3.5 0 1.75 1.75 0 0 1 3.5 0ZM7.75 11a1.75 1.75 0 1 1-3.5 0 1.75 1.75 0 0 1 3.5 0Z',
  waves: 'M1.75 6.25c1.6-2.2 2.9-2.2 4.2 0s2.6 2.2 4.1 0 2.8-2.2 4.2 0M1.75 10.75c1.6-2.2 2.9-2.2 4.2 0s2.6 2.2 4.1 0 2.8-2.2 4.2 0',
  vault: 'M4.5 7h7a1.25 1.25 0 0 1 1.25 1.25v4a1.25 1.25 0 0 1-1.25 1.25h-7a1.25 1.25 0 0 1-1.25-1.25v-4A1.25 1.25 0 0 1 4.5 7ZM5.25 7V5a2.75 2.75 0 0 1 5.35-.9M8 9.5v1.5',
  'vault-closed': 'M4.5 7h7a1.25 1.25 0 0 1 1.25 1.25v4a1.25 1.25 0 0 1-1.25 1.25h-7a1.25 1.25 0 0 1-1.25-1.25v-4A1.25 1.25 0 0 1 4.5 7ZM5.25 7V5a2.75 2.75 0 0 1 5.5 0v2M8 9.5v1.5',
  down: 'M4.5 6.5 8 10l3.5-3.5', up: 'M4.5 9.5 8 6l3.5 3.5', right: 'M6.5 4.5 10 8l-3.5 3.5', back: 'M9.5 4.5 6 8l3.5 3.5',
  check: 'm3.5 8.5 3 3 6-6.5', minus: 'M4 8h8', close: 'm4.5 4.5 7 7M11.5 4.5l-7 7', plus: 'M8 3.5v9M3.5 8h9',
  warning: 'M8 2.75 14 13.25H2L8 2.75ZM8 6.75v3M8 11.4v.05', info: 'M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0ZM8 7.25V11M8 5.05v.05', ban: 'M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0ZM4.25 4.25l7.5 7.5',
  key: 'M8 10.75a2.75 2.75 0 1 1-5.5 0 2.75 2.75 0 0 1 5.5 0ZM7.25 8.75l6-6M11 5l2 2',
  phone: 'M5.75 2.75H3.5a1 1 0 0 0-1 1.1 11 11 0 0 0 9.65 9.65 1 1 0 0 0 1.1-1v-2.25l-2.9-1.1-1.3 1.6a9 9 0 0 1-3.8-3.8l1.6-1.3-1.1-2.9Z',
  print: 'M4.5 6V2.5h7V6M4.5 11.5h-1a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v3.5a1 1 0 0 1-1 1h-1M4.5 9.5h7v4h-7z',
  file: 'M9 2.5H4.5a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V6L9 2.5ZM9 2.5V6h3.5', filter: 'M2.5 3.5h11L9.5 8.5v4l-3 1v-5L2.5 3.5Z',
} as const;
export type IconName = keyof typeof ICONS;

const DASHED = '2.6 1.89';

export function Icon({ name, large = false, className }: { readonly name: IconName; readonly large?: boolean; readonly className?: string | undefined }) {
  return <svg className={classNames(styles['icon'], large && styles['large'], className)} viewBox="0 0 16 16" aria-hidden="true"><path d={ICONS[name]} /></svg>;
}

/** The shape of a host state. The word stands beside it, or in `title`. */
export function Glyph({ state, title }: { readonly state: HostState; readonly title?: string }) {
  return (
    <svg className={styles['glyph']} data-state={state} viewBox="0 0 14 14" {...(title === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': title })}>
      <use href={`#s-${state}`} />
    </svg>
  );
}

/** Stands once in the page; the shapes and the hatching are used from here. */
export function Sprite() {
  const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 } as const;
  return (
    <svg className={styles['sprite']} aria-hidden="true">
      <symbol id="s-known" viewBox="0 0 14 14"><circle cx="7" cy="7" r="2.5" fill="currentColor" /></symbol>
      <symbol id="s-reported" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5" {...line} strokeWidth={1.75} strokeDasharray={DASHED} /></symbol>
      <symbol id="s-ready" viewBox="0 0 14 14"><path d="M3.75 2.2v9.6a.5.5 0 0 0 .77.42l7.3-4.8a.5.5 0 0 0 0-.84l-7.3-4.8a.5.5 0 0 0-.77.42Z" fill="currentColor" /></symbol>
      <symbol id="s-blocked" viewBox="0 0 14 14"><path d="M4.4.75h5.2l3.65 3.65v5.2L9.6 13.25H4.4L.75 9.6V4.4L4.4.75ZM3.5 6v2h7V6h-7Z" fill="currentColor" fillRule="evenodd" /></symbol>
      <symbol id="s-in-progress" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5.25" {...line} /><path d="M7 3.5a3.5 3.5 0 0 1 0 7v-7Z" fill="currentColor" /></symbol>
      <symbol id="s-repaired" viewBox="0 0 14 14"><circle cx="7" cy="7" r="5.5" {...line} /><path d="m4.5 7.2 1.8 1.8 3.3-3.8" {...line} strokeLinecap="round" strokeLinejoin="round" /></symbol>
      <symbol id="s-verified" viewBox="0 0 14 14"><path d="M7 .75a6.25 6.25 0 1 1 0 12.5A6.25 6.25 0 0 1 7 .75ZM3.4 7.3l2.75 2.75L10.7 4.8 9.5 3.8 6.05 7.8 4.5 6.2 3.4 7.3Z" fill="currentColor" fillRule="evenodd" /></symbol>
      <symbol id="s-closed" viewBox="0 0 14 14"><rect x="2" y="2" width="10" height="10" rx="1.5" {...line} /><path d="M4.75 7h4.5" {...line} strokeLinecap="round" /></symbol>
      <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect className={styles['hatchGround']} width="5" height="5" /><path className={styles['hatchLine']} d="M0 0v5" /></pattern>
    </svg>
  );
}
