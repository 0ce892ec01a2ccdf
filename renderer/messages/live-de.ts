import type { LiveWords, RotationLiveWords } from './live-en.ts';

export const liveDe: LiveWords = {
  directoryLead: 'Liest diesen Computer, was unter ihm liegt, und sein LAPS-Kennwort. Die Frage ist festgehalten; was gefunden wird, kommt als Import herein.',
  tenantLead: 'Liest die Schlüssel dieses Geräts und sein LAPS-Kennwort; der Mandant schreibt jedes in sein eigenes Prüfprotokoll. Die Anmeldung hält, solange der Tresor offen ist.',
  askFor: (what) => `Nach ${what} fragen, wo Schlüssel liegen:`, ask: 'Fragen', asking: 'Es wird gefragt', goOn: 'Weiter mit dem Anruf', nothing: 'Gefragt, und dort nicht bekannt.',
  found: (rows, laps) => `Gefunden: ${rows} ${rows === 1 ? 'Datensatz' : 'Datensätze'}${laps === 0 ? '' : ` und ${laps} ${laps === 1 ? 'LAPS-Kennwort' : 'LAPS-Kennwörter'}`}.`,
};

export const rotationLiveDe: RotationLiveWords = {
  open: 'Über Intune', title: 'Intune rotieren lassen', lead: 'Bittet Intune für jeden Host, seine Wiederherstellungskennwörter zu rotieren, und sein LAPS-Kennwort, wo es offengelegt wurde. Nur was Intune annimmt, gilt als beauftragt; der Import der neuen Schlüssel bestätigt es.',
  rights: 'Rechte: DeviceManagementManagedDevices.Read.All, DeviceManagementManagedDevices.PrivilegedOperations.All; eine Person braucht dazu eine Intune-Rolle mit „BitLocker-Schlüssel rotieren“.',
  act: 'Intune fragen', close: 'Schließen', progress: (done, hosts) => `${done} von ${hosts} Hosts gefragt`, done: (asked, notAsked) => `${asked} angenommen${notAsked === 0 ? '' : `, ${notAsked} nicht beauftragt`}.`, notAsked: 'Nicht beauftragt', more: (count) => `und ${count} weitere`,
  things: { 'recovery-passwords': 'Wiederherstellungskennwörter', 'laps-password': 'LAPS-Kennwort' }, outcomes: { asked: 'beauftragt', 'no-device-id': 'keine Entra-Geräte-ID bekannt', 'not-enrolled': 'nicht in Intune registriert', refused: 'von Intune abgelehnt' }, byGraph: 'Intune, live',
};
