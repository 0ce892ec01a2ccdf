// The screens an operator has something to do on; the others are absent from the rail.
import type { ProcedureName } from '../../electron/api/contract.ts';
import { useMay } from '../desk.tsx';
import { SCREENS, type Screen } from '../place.ts';

/** What a screen cannot do without. */
const NEEDS: Readonly<Record<Screen, ProcedureName>> = {
  lookup: 'keys.lookUp', overview: 'status.get', hosts: 'hosts.list', media: 'media.list', disks: 'volumes.inspect', imports: 'imports.list',
  disclosures: 'disclosures.list', rotation: 'rotations.list', reports: 'reports.make', audit: 'audit.list', operators: 'operators.list', waves: 'waves.list', incidents: 'incidents.list', matching: 'keys.conflicts', 'walk-in': 'walkIns.arrive', settings: 'desk.state',
};

export function useScreens(): readonly Screen[] {
  const may = useMay();
  return SCREENS.filter((screen) => may(NEEDS[screen]));
}
