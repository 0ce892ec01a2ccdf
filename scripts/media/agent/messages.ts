// Every sentence of the agent, by code, in English and German. Only characters of code pages 437 and 850; `{0}` is a fact.
import type { Language } from './state.ts';

type Sentence = readonly [en: string, de: string];

const SENTENCES: { readonly [code: string]: Sentence } = {
  // Lines above and below every screen.
  agent: ['Bluelift agent', 'Bluelift-Agent'],
  medium: ['Medium {0}', 'Medium {0}'],
  recipe: ['Recipe {0}', 'Rezept {0}'],
  'other-language': ['D  Deutsch', 'E  English'],
  // Big words.
  'word.repaired': ['REPAIRED', 'REPARIERT'],
  'word.nothing-to-do': ['NO FINDING', 'OHNE FUND'],
  'word.safe-boot-set': ['FLAG SET', 'GESETZT'],
  'word.blocked': ['BLOCKED', 'BLOCKIERT'],
  'word.inspected': ['INSPECTED', 'INSPIZIERT'],
  'word.seen-before': ['DONE', 'ERLEDIGT'],
  // Headlines.
  'is.repaired': ['The faulty file is gone.', 'Die fehlerhafte Datei ist entfernt.'],
  'is.nothing-to-do': ['No faulty file on this host. Nothing was changed.', 'Keine fehlerhafte Datei auf diesem Host. Nichts geändert.'],
  'is.safe-boot-set': ['The host starts in safe mode next. The faulty file is still there.', 'Der Host startet nun abgesichert. Die fehlerhafte Datei ist noch da.'],
  'is.seen-before.safe-boot': ['Set for safe mode by this medium already. Nothing was changed.', 'Schon für den abgesicherten Start vorgemerkt. Nichts geändert.'],
  'is.inspected': ['Nothing was changed. What was found is in the record.', 'Nichts geändert. Was gefunden wurde, steht im Protokoll.'],
  'is.seen-before': ['This medium has dealt with this host already. Nothing was changed.', 'Dieses Medium hat diesen Host bereits bearbeitet. Nichts geändert.'],
  'is.inspected.bytes': ['This WinPE can not read bytes. Nothing was changed.', 'Dieses WinPE kann keine Bytes lesen. Nichts geändert.'],
  'is.inspected.recipe': ['The recipe on the medium is damaged. Nothing was changed.', 'Das Rezept auf dem Medium ist beschädigt. Nichts geändert.'],
  'is.no-key': ['No key for this host on the medium. Nothing was changed.', 'Kein Schlüssel für diesen Host auf dem Medium. Nichts geändert.'],
  'is.key-rejected': ['Key rejected. Nothing on this host was changed.', 'Schlüssel abgelehnt. Am Host nichts geändert.'],
  'is.no-disk-seen': ['No disk seen. A storage driver may be missing.', 'Kein Datenträger zu sehen. Vielleicht fehlt ein Speichertreiber.'],
  'is.no-key.data': ['No key for this host\'s Windows. Only a data volume was repaired.', 'Kein Schlüssel für das Windows. Nur ein Datenvolume wurde repariert.'],
  'is.key-rejected.data': ['Key rejected. Only a data volume was repaired.', 'Schlüssel abgelehnt. Nur ein Datenvolume wurde repariert.'],
  'is.hibernated': ['Windows is hibernated and was left as it is.', 'Windows ist im Ruhezustand und blieb, wie es war.'],
  'is.third-party-encryption': ['A volume can not be read and is not BitLocker\'s.', 'Ein Volume ist nicht lesbar und nicht von BitLocker.'],
  'is.other-os': ['No Windows on this host.', 'Kein Windows auf diesem Host.'],
  'is.recipe-not-found': ['Windows is there, the folder of the recipe is not.', 'Windows ist da, der Ordner des Rezepts nicht.'],
  'is.repair-failed': ['A file could not be read or removed.', 'Eine Datei war nicht zu lesen oder zu entfernen.'],
  // Facts on the left.
  'fact.host': ['Host', 'Host'],
  'fact.volume': ['Volume', 'Volume'],
  'fact.code': ['Code', 'Code'],
  'fact.mode': ['Mode', 'Modus'],
  'fact.model': ['Model', 'Modell'],
  'fact.driver': ['No driver', 'Ohne Treiber'],
  'fact.safe-boot': ['Safe boot', 'Abgesichert'],
  'code.means': ['(for the desk, if the stick can not come back)', '(Leitstelle, falls der Stick nicht zur\u00fcckkommt)'],
  'mode.safe-boot': ['Safe boot', 'Abgesichert'],
  'mode.inspect': ['Inspect', 'Inspizieren'],
  'mode.means.safe-boot': ['repairs what can be read, flags a locked host for safe mode', 'repariert Lesbares, merkt gesperrte Hosts abgesichert vor'],
  'mode.means.safe-mode': ['safe mode: removes the faulty file, clears the flag', 'abgesichert: entfernt die fehlerhafte Datei, löscht Vormerkung'],
  'mode.means.inspect': ['changes nothing on this host', 'ändert nichts an diesem Host'],
  'safe-boot.cleared': ['flag cleared: the next start is a normal one', 'Vormerkung gelöscht: Nächster Start wie immer'],
  'safe-boot.left-set': ['flag is set and was left', 'Vormerkung steht und blieb'],
  'safe-boot.no-store': ['no boot store found on this host', 'keine Startkonfiguration auf diesem Host'],
  'safe-boot.no-entry': ['the boot store starts no Windows', 'Startkonfiguration ohne Windows'],
  'safe-boot.no-copy': ['not set: no copy of the boot store on the stick', 'nicht gesetzt: keine Kopie der Startkonfiguration auf dem Stick'],
  'safe-boot.third-party': ['not set: only the encryption\'s maker can say whether it may', 'nicht gesetzt: Ob das geht, kann nur ihr Hersteller sagen'],
  'safe-boot.refused': ['the flag could not be set', 'Vormerkung war nicht zu setzen'],
  'place.windows': ['Windows', 'Windows'],
  'place.data': ['data volume', 'Datenvolume'],
  'windows.outcome': ['{0}: {1}', '{0}: {1}'],
  'short.repaired': ['repaired', 'repariert'],
  'short.nothing-to-do': ['no faulty file', 'keine fehlerhafte Datei'],
  'short.inspected': ['inspected', 'inspiziert'],
  'short.repair-failed': ['A FILE COULD NOT BE READ OR REMOVED', 'DATEI NICHT ZU LESEN ODER ZU ENTFERNEN'],
  'short.hibernated': ['HIBERNATED, left as it is', 'RUHEZUSTAND, blieb so'],
  'short.recipe-not-found': ['without the folder of the recipe', 'ohne den Ordner des Rezepts'],
  'fact.key': ['Key ID', 'Schlüssel-ID'],
  'fact.removed': ['Removed', 'Entfernt'],
  'fact.kept': ['Left', 'Belassen'],
  'fact.windows': ['Windows', 'Windows'],
  'fact.record': ['Record', 'Protokoll'],
  'fact.finished': ['Finished', 'Beendet'],
  'fact.payload': ['Payload', 'Nutzlast'],
  'fact.expires': ['Expires', 'Ablauf'],
  'volume.locked': ['{0}: locked', '{0}: gesperrt'],
  'volume.locked.failure': ['{0}: locked (0x{1})', '{0}: gesperrt (0x{1})'],
  'volume.bundle': ['{0}: unlocked with Key ID {1}', '{0}: entsperrt, Schlüssel-ID {1}'],
  'volume.typed': ['{0}: unlocked with a typed recovery password', '{0}: entsperrt mit eingegebenem Kennwort'],
  'volume.was-open': ['{0}: was unlocked', '{0}: war entsperrt'],
  'volume.not-encrypted': ['{0}: not encrypted', '{0}: nicht verschlüsselt'],
  'volume.unreadable': ['{0}: can not be read', '{0}: nicht lesbar'],
  'volume.damaged': ['{0}: locked; its entry on the medium is damaged', '{0}: gesperrt; Eintrag auf dem Medium beschädigt'],
  'volume.no-password': ['{0}: locked; it has no recovery password', '{0}: gesperrt; ohne Wiederherstellungskennwort'],
  'file.removed': ['{0} UTC, {1} bytes', '{0} UTC, {1} Byte'],
  'kept.newer': ['{0} (newer)', '{0} (neuer)'],
  'kept.header-differs': ['{0} (other content)', '{0} (anderer Inhalt)'],
  'kept.remove-failed': ['{0} (could not be removed)', '{0} (nicht zu entfernen)'],
  'kept.unreadable': ['{0} (could not be read)', '{0} (nicht zu lesen)'],
  'kept.dry-run': ['{0} (faulty)', '{0} (fehlerhaft)'],
  'record.saved': ['written to the stick and read back', 'auf dem Stick, gegengelesen'],
  'record.unsaved': ['NOT WRITTEN: the stick can not be written to', 'NICHT GESCHRIEBEN: Stick nicht beschreibbar'],
  'hibernated.discarded': ['hibernation image discarded', 'Ruhezustand verworfen'],
  // What to do.
  'do.title': ['What to do now', 'Was jetzt zu tun ist'],
  'do.remove-stick': ['Take the stick out: the host restarts by itself.', 'Stick abziehen: Der Host startet von selbst neu.'],
  'do.safe-mode': ['ENTER restarts the host in 15 seconds: take the stick out meanwhile.', 'EINGABE startet den Host in 15 Sekunden neu: Stick dann abziehen.'],
  'do.safe-boot.1': ['1  Take the stick out: the host restarts, in safe mode.', '1  Stick abziehen: Der Host startet neu, abgesichert.'],
  'do.safe-boot.2': ['2  Sign in as a local administrator (password: helpdesk).', '2  Als lokaler Administrator anmelden (Kennwort: Helpdesk).'],
  'do.safe-boot.3': ['3  Plug the stick in, run {0} as administrator.', '3  Stick einstecken, {0} als Administrator ausführen.'],
  'do.unsaved': ['Write down what stands above, then switch the host off.', 'Angaben oben notieren, dann den Host ausschalten.'],
  'do.call': ['1  Call the helpdesk and say: {0}', '1  Helpdesk anrufen und nennen: {0}'],
  'do.type': ['2  Press T and type what is read out', '2  T drücken und eingeben, was vorgelesen wird'],
  'do.skip': ['3  Without a key: switch off, go to the next host', '3  Ohne Schlüssel: ausschalten, weiter zum nächsten Host'],
  'do.photo': ['Take a picture of this screen and go to the next host.', 'Bildschirm fotografieren und weiter zum nächsten Host.'],
  'do.third-party-encryption.1': ['1  Format nothing, repair nothing: the data may be whole, only encrypted.', '1  Nichts formatieren oder reparieren: Daten vielleicht nur verschlüsselt.'],
  'do.third-party-encryption.2': ['2  The way is the encryption maker\'s own recovery medium: ask the desk.', '2  Es hilft das Rettungsmedium ihres Herstellers: die Leitstelle fragen.'],
  'do.third-party-encryption.3': ['3  Without it: switch off, go to the next host.', '3  Ohne dieses: ausschalten, weiter zum nächsten Host.'],
  'do.no-disk-seen.1': ['1  Leave the storage mode in the firmware: a change asks for keys.', '1  Speichermodus der Firmware lassen: Eine Änderung verlangt Schlüssel.'],
  'do.no-disk-seen.2': ['2  Take a picture: the desk puts this driver onto the next stick.', '2  Fotografieren: Die Leitstelle nimmt den Treiber auf den nächsten Stick.'],
  'do.no-password.1': ['1  No key can be read out for this volume: it has no recovery password.', '1  Für dieses Volume gibt es nichts vorzulesen: kein Kennwort.'],
  'do.no-password.2': ['2  Tell the desk: a medium for safe boot may still help.', '2  Der Leitstelle melden: Ein Medium zum abgesicherten Start kann helfen.'],
  'do.manual': ['M starts the manual steps.', 'M startet die manuellen Schritte.'],
  // Questions.
  'ask.passcode': ['Passcode of this medium (18 characters, separators do not matter):', 'Passcode dieses Mediums (18 Zeichen, Trennzeichen beliebig):'],
  'ask.passcode.none': ['ENTER alone: go on without; recovery passwords are typed then.', 'EINGABE allein: ohne Passcode weiter, Kennwörter werden dann eingegeben.'],
  'ask.typed': ['Recovery password of this Key ID, whole or group by group:', 'Wiederherstellungskennwort dieser Schlüssel-ID, ganz oder gruppenweise:'],
  'ask.typed.kept': ['Groups 1 to {0} are kept. Next: group {1}.', 'Gruppen 1 bis {0} sind gemerkt. Weiter mit Gruppe {1}.'],
  'ask.hibernated': ['Windows on {0}: is hibernated (Fast Startup counts too). Repairing it', 'Windows auf {0}: ist im Ruhezustand (auch durch Schnellstart). Reparieren'],
  'ask.hibernated.2': ['discards what was open in it: unsaved work of that session is lost.', 'verwirft, was darin offen war: Ungespeichertes geht verloren.'],
  'ask.two-media': ['Two media: {0} and {1}. Take out the one not yours, press ENTER.', 'Zwei Medien: {0} und {1}. Das fremde abziehen, EINGABE drücken.'],
  'ask.no-medium': ['The stick is not to be seen. Plug it in again and press ENTER.', 'Der Stick ist nicht zu sehen. Neu einstecken und EINGABE drücken.'],
  // Keys.
  'key.restart': ['ENTER  restart now', 'EINGABE  jetzt neu starten'],
  'key.save': ['ENTER  write the record again', 'EINGABE  Protokoll noch einmal schreiben'],
  'key.type': ['T  type or scan a recovery password', 'T  Wiederherstellungskennwort eingeben'],
  'key.r': ['R  restart', 'R  Neustart'],
  'key.again': ['A  examine again', 'A  erneut untersuchen'],
  'key.repair': ['R  repair, discard the image', 'R  reparieren, Ruhezustand verwerfen'],
  'key.leave': ['ENTER  leave as it is', 'EINGABE  so lassen'],
  'key.manual': ['M  manual steps', 'M  manuelle Schritte'],
  'key.back': ['ENTER  back', 'EINGABE  zurück'],
  'key.clear': ['X  start again', 'X  von vorn'],
  // Notices.
  'passcode.length': ['{0} characters: a passcode has 18.', '{0} Zeichen: Ein Passcode hat 18.'],
  'passcode.letters': ['Character {0} is in no passcode.', 'Zeichen {0} kommt in keinem Passcode vor.'],
  'passcode.layout': ['Signs where digits belong: another keyboard layout, or Shift? Here it is US.', 'Zeichen statt Ziffern: andere Tastaturbelegung, Umschalttaste? Hier gilt US.'],
  'passcode.check': ['Mistyped: the check character does not fit.', 'Vertippt: Das Prüfzeichen passt nicht.'],
  'passcode.wrong': ['Wrong passcode: it opens nothing on this medium.', 'Falscher Passcode: Öffnet nichts auf diesem Medium.'],
  'bundle.missing': ['There is no key bundle on the medium. ENTER alone goes on.', 'Kein Schlüsselbund auf dem Medium. EINGABE allein geht weiter.'],
  'bundle.another-version': ['The key bundle is of another version. ENTER alone goes on.', 'Schlüsselbund anderer Version. EINGABE allein geht weiter.'],
  'bundle.damaged': ['The key bundle is damaged. ENTER alone goes on.', 'Schlüsselbund beschädigt. EINGABE allein geht weiter.'],
  'bundle.expired': ['The medium has expired by this host\'s clock. It works all the same.', 'Medium nach der Uhr dieses Hosts abgelaufen. Es geht trotzdem.'],
  'typed.length': ['{0} digits: there have to be 48.', '{0} Ziffern: Es müssen 48 sein.'],
  'typed.group': ['Group {0} can not be right. Ask for it again.', 'Gruppe {0} kann nicht stimmen. Noch einmal erfragen.'],
  'typed.letters': ['Group {0} holds other than digits. Num Lock off, another keyboard layout?', 'Gruppe {0}: nicht nur Ziffern. Num-Taste aus, andere Tastaturbelegung?'],
  'typed.rejected': ['A possible recovery password, but it opens nothing here: another Key ID?', 'Mögliches Kennwort, öffnet hier aber nichts: Andere Schlüssel-ID?'],
  'typed.cleared': ['Start again with group 1.', 'Wieder bei Gruppe 1 beginnen.'],
  'no-state': ['{0} can not be written to: the agent can not go on.', '{0} ist nicht beschreibbar: Der Agent kann nicht weiter.'],
  unsaved: ['No restart: the record is not on the stick.', 'Kein Neustart: Das Protokoll ist nicht auf dem Stick.'],
  // While it works.
  'work.looking': ['Looking at the volumes ...', 'Volumes werden angesehen ...'],
  'work.passcode': ['Trying the passcode ...', 'Passcode wird geprüft ...'],
  'work.unlocking': ['Unlocking ...', 'Volumes werden entsperrt ...'],
  'work.inspecting': ['Looking, changing nothing ...', 'Wird angesehen, nichts geändert ...'],
  'work.safe-boot': ['Setting the safe-boot flag ...', 'Abgesicherter Start wird vorgemerkt ...'],
  'work.repairing': ['Looking for the faulty file ...', 'Fehlerhafte Datei wird gesucht ...'],
  'work.recording': ['Writing the record ...', 'Protokoll wird geschrieben ...'],
};

/** @returns The sentence of a code; the code itself when it has none. Facts that are not given stay empty. */
export function sentence(language: Language, code: string, fact0?: string, fact1?: string): string {
  const pair = SENTENCES[code];
  const text = pair === undefined ? code : language === 'de' ? pair[1] : pair[0];
  return text.replace('{0}', escapeDollar(fact0)).replace('{1}', escapeDollar(fact1));
}

/** @returns Every code, for the tests. */
export function sentenceCodes(): string[] {
  const codes: string[] = [];
  for (const code in SENTENCES) codes.push(code);
  return codes;
}

/** `$` has a meaning in a replacement. */
function escapeDollar(fact: string | undefined): string {
  return (fact || '').replace(/\$/g, '$$$$');
}
