// The stick that is renewed: in the port, or said to be missing. The choice is made by the stick itself.
import { useEffect } from 'react';
import { useAnswer } from '../../desk.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useMessages } from '../../preferences.tsx';
import { DiskName } from './disk-step.tsx';
import type { Draft } from './medium-draft.ts';
import styles from './media.module.css';

export function RenewStep({ draft, onChange, mediaId }: { readonly draft: Draft; readonly onChange: (changes: Partial<Draft>) => void; readonly mediaId: string }) {
  const m = useMessages();
  const { data } = useAnswer('disks.list', {}, { keep: true });
  const found = (data ?? []).filter((disk) => disk.usable && disk.medium?.mediaId === mediaId && disk.medium.now === 'on-it');
  const [stick] = found;
  const isKnown = stick === undefined ? draft.disks.length === 0 : draft.disks.length === 1 && draft.disks[0]?.id === stick.id;
  useEffect(() => { if (data !== undefined && !isKnown) onChange({ disks: stick === undefined ? [] : [stick] }); });
  return stick === undefined ? <Notice>{m.stick.renewMissing(mediaId)}</Notice> : <ul className={styles['disks']}><li><DiskName disk={stick} /></li></ul>;
}
