import type { DeskEvents } from './desk-events-en.ts';

export const deskEventsDe: DeskEvents = {
  denied: 'Abgelehnt: dieser Rolle nicht erlaubt', 'waves.override': 'Hosts einer nicht geöffneten Welle mitnehmen', 'vault.purge': 'Alle Wiederherstellungskennwörter vernichten', 'vault.archive': 'Versiegeltes Archiv beiseitelegen', 'vault.open-failed': 'Anmeldung misslungen',
  'media.order-without-passcode': 'Medium ohne Passcode anordnen', 'media.withdraw-order': 'Anordnung eines Mediums zurückziehen', 'media.build-started': 'Bau eines Mediums begonnen', 'media.build-failed': 'Bau eines Mediums misslungen',
};
