// The waves of the demo: which hosts the night's supervisor brings back in which order.
import type { Desk } from '../../../electron/core/desk.ts';
import { assignHosts, createWave, openWave } from '../../../electron/core/waves/waves.ts';

/** Whom each takes, by names, and why it was opened before its gate was met; 'by its gate': that was met. The last one still waits. */
const WAVES: readonly { readonly name: string; readonly hosts: readonly string[]; readonly opened: string | null }[] = [
  { name: 'Domain controllers and key servers', hosts: ['??-DC-*', '??-MECM-*'], opened: 'by its gate' },
  { name: 'Files, databases, applications', hosts: ['??-FILE-*', '??-SQL-*', '??-APP-*', '??-PKI-*'], opened: 'by its gate' },
  { name: 'Theatres and X-ray', hosts: ['??-SURG-*', '??-RADI-*'], opened: 'Operations start at seven' },
  { name: 'Wards and labs', hosts: ['??-WARD-*', '??-LABS-*'], opened: 'Patients before desks' },
  { name: 'Administration', hosts: ['??-ADMN-*'], opened: null },
];

/** @param lead A supervisor's desk in which there are no waves yet. */
export function layWaves(lead: Desk): void {
  const waves = WAVES.map((wave) => ({ ...wave, waveId: createWave(lead, { name: wave.name }).waveId }));
  for (const { waveId, hosts } of waves) for (const value of hosts) assignHosts(lead, waveId, { kind: 'name', value });
  for (const { name, waveId, opened } of waves) {
    if (opened === null) continue;
    if (!openWave(lead, waveId, opened === 'by its gate' ? undefined : opened).opened) throw new Error(`the gate before ${name} is not met`);
  }
}
