// Disks: choose an attached disk, an image or a partition, see its BitLocker volumes, prove recovery passwords against them. Only ever read.
import type { Place } from '../../place.ts';
import { ChooseDisk } from './choose-disk.tsx';
import { InspectedDisk } from './inspected-disk.tsx';

export function DisksScreen({ place }: { readonly place: Place }) {
  const path = place.at['path'];
  return path === undefined ? <ChooseDisk /> : <InspectedDisk key={path} path={path} />;
}
