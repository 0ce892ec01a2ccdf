// Hosts in scope that a medium can not open, each with the reason.
import type { Output } from '../../../electron/api/contract.ts';
import { Notice } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import styles from './media.module.css';

/** More than anybody reads; the whole list comes with `media build --json`. */
const MOST_SHOWN = 500;

export function LeftOut({ all, hosts }: { readonly all: number; readonly hosts: Output<'media.get'>['leftOut'] }) {
  const m = useMessages();
  const shown = hosts.slice(0, MOST_SHOWN);
  if (all === 0) return <Notice>{m.media.noLeftOut}</Notice>;
  return (
    <>
      <SectionHead level={3} title={m.media.leftOutTitle} />
      <p className={text['muted']}>{shown.length < all ? m.media.leftOutFirst(shown.length, all) : m.media.leftOutCount(all)}</p>
      <ul className={styles['leftOut']}>{shown.map((host) => <li key={`${host.hostname}-${host.reason}`}><span className={text['code']}>{host.hostname}</span><span className={text['muted']}>{m.words.notOnMedium[host.reason]}</span></li>)}</ul>
    </>
  );
}
