// What people do at the desk, procedure by procedure, in German.
import type { Acts } from './acts-en.ts';

export const actsDe: Acts = {
  'desk.state': 'Sehen, ob der Tresor offen ist', 'desk.create': 'Desk anlegen', 'vault.open': 'Tresor öffnen', 'vault.recover': 'Tresor mit dem Wiederherstellungsblatt öffnen', 'vault.close': 'Tresor schließen',
  'vault.touch': 'Tresor offen halten', 'desk.backup': 'Sicherung schreiben', 'desk.restore': 'Sicherung zurückholen', 'desk.changes': 'Von Änderungen erfahren',
  'operators.list': 'Bediener sehen', 'operators.add': 'Bediener hinzufügen', 'operators.complete': 'Bediener Wiederherstellungskennwörter lesen lassen', 'operators.disable': 'Bediener sperren',
  'operators.changePassphrase': 'Eigene Passphrase ändern', 'operators.roleTable': 'Sehen, wer was darf',
  'imports.run': 'Dateien importieren', 'imports.list': 'Importe sehen', 'imports.get': 'Bericht eines Imports sehen', 'imports.undo': 'Import zurücknehmen', 'imports.rejections': 'Abgewiesene Zeilen sehen',
  'directories.look': 'Zertifikat eines Verzeichnisses ansehen', 'directories.import': 'Verzeichnis importieren', 'directories.importAsSignedIn': 'Verzeichnis mit dem Windows-Konto importieren', 'tenants.import': 'Mandanten importieren',
  'keys.lookUp': 'Schlüssel und Hosts suchen', 'keys.ofHost': 'Schlüsseldatensätze eines Hosts sehen', 'keys.count': 'Zahl der Schlüsseldatensätze sehen', 'keys.coverage': 'Schlüsselabdeckung sehen',
  'calls.save': 'Angaben eines Anrufs festhalten', 'calls.close': 'Einen Anruf beenden', 'calls.list': 'Anrufe sehen',
  'paper.sites': 'Sehen, was gedruckt werden kann', 'paper.print': 'Wiederherstellungskennwörter eines Standorts drucken', 'instructions.get': 'Anleitung für Anrufer holen',
  'disclosures.unusual': 'Ungewöhnliche Häufungen sehen',
  'reports.make': 'Einen Bericht erstellen',
  'disclosures.disclose': 'Wiederherstellungskennwort offenlegen', 'disclosures.list': 'Offenlegungen sehen',
  'rotations.list': 'Rotationen sehen', 'rotations.handOver': 'Rotationen übergeben', 'rotations.confirm': 'Rotationen bestätigen',
  'hosts.list': 'Hosts sehen', 'hosts.get': 'Einen Host sehen', 'hosts.facets': 'Standorte, Wellen und Schlagwörter sehen', 'hosts.tag': 'Hosts verschlagworten', 'hosts.blockMany': 'Viele Hosts blockieren', 'hosts.views': 'Gespeicherte Ansichten sehen', 'hosts.saveView': 'Ansicht speichern', 'hosts.deleteView': 'Ansicht löschen',
  'hosts.verify': 'Host als verifiziert setzen', 'hosts.block': 'Host blockieren', 'hosts.unblock': 'Host freigeben', 'hosts.close': 'Host schließen', 'hosts.reopen': 'Host wieder öffnen',
  'hosts.lists': 'Hostlisten sehen', 'hosts.reconcile': 'Hostlisten abgleichen', 'status.get': 'Übersicht sehen',
  'media.inspectBase': 'Basis ansehen', 'media.previewScope': 'Sehen, was ein Medium trüge', 'media.build': 'Medium erstellen', 'media.list': 'Medien sehen', 'media.get': 'Ein Medium sehen', 'media.inspect': 'Abbild untersuchen',
  'media.label': 'Etikett drucken', 'media.issue': 'Medium ausgeben', 'media.return': 'Medium zurücknehmen', 'media.wipe': 'Medium als gelöscht setzen', 'media.lose': 'Verlust eines Mediums melden',
  'volumes.disks': 'Angeschlossene Datenträger sehen', 'volumes.inspect': 'Datenträger untersuchen', 'volumes.test': 'Wiederherstellungskennwörter am Datenträger prüfen', 'attempts.import': 'Versuchsprotokolle importieren', 'attempts.list': 'Versuche sehen',
  'incidents.list': 'Vorfälle sehen', 'incidents.create': 'Vorfall eröffnen', 'incidents.close': 'Vorfall schließen',
  'recipes.list': 'Rezepte sehen', 'recipes.add': 'Version eines Rezepts hinzufügen', 'recipes.approve': 'Version eines Rezepts freigeben', 'recipes.dryRun': 'Rezept an einem Ordner erproben',
  'waves.list': 'Wellen sehen', 'waves.create': 'Welle anlegen', 'waves.moveUp': 'Welle vorziehen', 'waves.assign': 'Hosts einer Welle zuordnen', 'waves.gate': 'Prüfstand einer Welle sehen', 'waves.open': 'Welle öffnen', 'waves.keepOff': 'Festlegen, was nicht eingeschaltet werden darf',
  'policies.get': 'Richtlinien sehen', 'policies.set': 'Richtlinien setzen',
  'audit.list': 'Audit lesen', 'audit.verify': 'Audit prüfen',
};
