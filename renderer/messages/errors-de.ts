// The sentence for each error code in German.
import { after, because, callEnd, fact, knownValues, minuteOf, room, sayReasons, whyNotRead, whySource, wrongFields, type ErrorSentences, type Facts } from './errors-en.ts';
import { WHY_CERTIFICATE_DE, WHY_REFUSED_DE, WHY_SOURCE_DE } from './live-failures-de.ts';
import { phoneDe } from './phone-de.ts';
import { wordsDe } from './words-de.ts';

/** Warum eine Basis oder ein Medium nicht zu gebrauchen ist. */
const WHY_UNREADABLE: Readonly<Record<string, string>> = {
  'no-boot-wim': 'keine boot.wim darin', 'no-image': 'kein Windows-Image darin', 'not-windows': 'kein Windows-Image', split: 'ein Teil von mehreren', 'already-patched': 'daraus wurde schon ein Medium gemacht',
  damaged: 'abgeschnitten oder beschädigt', changed: 'sie hat sich beim Lesen verändert', 'no-marker': 'keine medium.txt darin', 'not-fat32': 'kein FAT32 darin', 'not-as-written': 'es liest sich nicht so zurück, wie es geschrieben wurde',
};

const WHY_NO_VOLUME: Readonly<Record<string, string>> = {
  'no-volume': 'weder NTFS noch FAT32; Container wie VHDX vorher in ein Rohabbild oder eine feste VHD umwandeln', damaged: 'sein NTFS ist beschädigt', compressed: 'eine Datei des Musters ist komprimiert, ihre ersten Bytes sind hier nicht zu lesen', encrypted: 'eine Datei des Musters ist verschlüsselt (EFS)',
};

/** Warum eine Übergabe nicht gelesen wird; was sie stattdessen ist, steht bei den Wörtern. */
const WHY_NOT_READ: Readonly<Record<string, string>> = {
  'nothing-found': 'weder ein Wiederherstellungskennwort noch ein Host darin; ist es eine Tabelle, zeigt „import preview“ ihre Spalten, und --map oder das Fenster nimmt entgegen, was sie bedeuten',
  'nothing-there': 'dort ist davon nichts bekannt, oder dieses Konto darf es nicht sehen',
  'cut-off': 'sie endet mitten in etwas; was davor steht, ist übernommen', 'became-shorter': 'sie wurde beim Lesen kürzer oder verschwand; was gelesen war, ist übernommen', 'not-a-file': 'eine Pipe oder ein Gerät', 'too-deep': 'ein Ordner zu tief in Ordnern',
  'empty-folder': 'keine Datei in diesem Ordner', 'device-needs-administrator': 'Datenträger liest nur ein Administrator: den Arbeitsplatz oder den Befehl als solcher starten (Linux: sudo oder die Gruppe „disk“)', ENOENT: 'diesen Datenträger gibt es hier nicht; „lsblk“ oder „Get-Disk“ listen die vorhandenen', EACCES: 'dieses Konto darf sie nicht lesen', EPERM: 'dieses Konto darf sie nicht lesen', EBUSY: 'ein anderes Programm hält sie offen', EIO: 'der Datenträger, auf dem sie liegt, hat Fehler', ELOOP: 'ihre Verknüpfungen führen im Kreis', ENAMETOOLONG: 'ihr Name ist zu lang', EMFILE: 'zu viele Dateien sind offen',
  'certificate-and-key': 'Zertifikat und privater Schlüssel gehören beide hinein, als PEM', pfx: 'eine PFX-Datei; zuerst in PEM umwandeln: openssl pkcs12 -in DATEI.pfx -out DATEI.pem -nodes', 'key-protected': 'ihr privater Schlüssel ist mit einer Passphrase geschützt; ohne sie schreiben: openssl pkcs8 -in DATEI -out KEY.pem, und das Zertifikat dahinter', 'key-not-rsa': 'ihr privater Schlüssel ist nicht RSA, und Entra ID nimmt nichts anderes', 'key-of-another': 'Zertifikat und privater Schlüssel gehören nicht zueinander', 'certificate-expired': 'ihr Zertifikat ist abgelaufen, oder die Uhr dieses Rechners geht falsch', 'certificate-not-yet': 'ihr Zertifikat ist noch nicht gültig, oder die Uhr dieses Rechners geht falsch',
};

/** Warum eine Datei nicht wiederhergestellt werden kann. */
const WHY_NO_BACKUP: Readonly<Record<string, string>> = {
  empty: 'die Datei ist leer', 'no-backup': 'sie ist keine Sicherung. Eine Sicherung ist die eine Datei, die „bluelift backup“ oder die Einstellungen schreiben; vom kopierten Ordner eines Arbeitsplatzes store.db und keys.json zusammen in einen Ordner legen und diesen als Arbeitsplatz öffnen',
  'cut-off': 'sie ist abgeschnitten. Noch einmal von dort kopieren, woher sie kam, oder eine ältere nehmen', altered: 'sie ist nicht so, wie sie geschrieben wurde. Noch einmal von dort kopieren, woher sie kam, oder eine ältere nehmen', 'newer-version': 'eine neuere Version hat sie geschrieben. Diese installieren, dann wiederherstellen',
};

const backupOpensWith = (facts: Facts): string => (facts['createdAt'] === undefined ? '' : ` Die Sicherung ist vom ${minuteOf(facts)}. Sie öffnet sich mit der damaligen Passphrase von ${fact(facts, 'operators')} oder mit dem damaligen Wiederherstellungsblatt.`);

/** Was an einer Eingabe nicht stimmt, nach dem Code der Prüfung. */
/** The steps of the call sheet (core/codes.ts). */
const STEP: Readonly<Record<string, string>> = { identity: 'die Prüfung, wer anruft', host: 'der Host', 'key-id': 'die Schlüssel-ID', reason: 'der Grund', ticket: 'das Ticket', 'read-back': 'das Gegenlesen aller acht Gruppen', note: 'eine Notiz, woher der Schlüssel kam (in diesem Anruf wurde nichts gezeigt),' };

const WHY_WRONG: Readonly<Record<string, string>> = {
  'below-system-drive': 'muss ein Ordner ab der Wurzel des Windows-Volumes sein, ohne Laufwerksbuchstaben, etwa Windows\\System32\\drivers', too_small: 'zu kurz oder zu klein', least: 'zu kurz: mindestens {0} Zeichen', too_big: 'zu lang oder zu groß', invalid_type: 'fehlt oder ist von der falschen Art', invalid_format: 'nicht in der nötigen Form', invalid_value: 'keiner der möglichen Werte', 'not-after-begin': 'muss nach dem Beginn liegen', unrecognized_keys: 'unbekannt', 'recovery-password': 'enthält ein Wiederherstellungskennwort, das nirgends aufgeschrieben wird', custom: 'nicht möglich',
  'in-the-past': 'liegt in der Vergangenheit', missing: 'fehlt', 'no-option': 'ist keine Option dieses Befehls', 'needs-value': 'braucht einen Wert', 'takes-no-value': 'nimmt keinen Wert', 'a-device': 'nennt ein Gerät: Ein Abbild ist eine Datei, ein USB-Datenträger wird als solcher gewählt, nach Name, Größe und Seriennummer', 'whole-number': 'muss eine ganze Zahl ab 1 sein', 'no-instant': 'ist kein Datum oder Zeitpunkt, etwa 2026-12-24 oder 2026-12-24T18:00Z', 'not-a-folder': 'muss ein Ordner sein', 'too-many-files': 'enthält zu viele Dateien', 'not-on-manual-medium': 'gibt es bei einem Medium nur mit den manuellen Schritten nicht: Es trägt keine Schlüssel, und der Agent tut nichts', 'no-hosts': 'nennt in dieser Datei keinen Host',
  'no-stick': 'mit --serial und --size-bytes nennen: Kein angesteckter Stick ist dieses Medium', 'several-sticks': 'mit --serial und --size-bytes nennen: Mehrere angesteckte Sticks sind dieses Medium',
};

export const errorsDe: ErrorSentences = {
  'invalid-input': (facts) => `Eine Eingabe ist nicht gültig${after(facts, 'usage', 'field', 'path')}${wrongFields(facts, WHY_WRONG)}.${knownValues(facts, 'Möglich')}`,
  'not-found': (facts) => `Nicht gefunden${after(facts, 'what', 'operator', 'name', 'path', 'keyProtectorId', 'mediaId', 'wave', 'incident', 'recipe', 'hostname', 'orderId', 'importId', 'decisionId', 'site', 'tag', 'technician')}.${knownValues(facts, 'Es gibt')}`,
  'not-allowed': (facts) => (
    facts['why'] === 'own-passphrase-first' ? `${fact(facts, 'operator')}: zuerst anmelden und eine eigene Passphrase setzen.`
      : facts['why'] === 'no-reading-role' ? `${fact(facts, 'operator')} hat keine Rolle, die Wiederherstellungskennwörter liest.`
        : `Die Rollen dieses Bedieners erlauben das nicht${after(facts, 'procedure')}.`),
  'not-signed-in': () => 'Niemand ist angemeldet.',
  'vault-closed': () => 'Der Tresor ist geschlossen.',
  'wrong-passphrase': (facts) => `Bediener oder Passphrase stimmt nicht.${backupOpensWith(facts)}`,
  'operator-disabled': () => 'Dieser Bediener ist gesperrt.',
  'too-many-tries': () => 'Zu viele falsche Versuche.',
  'desk-exists': () => 'Hier gibt es schon einen Arbeitsplatz.',
  'no-desk': ({ path }) => (path === undefined || path === '' ? 'Hier gibt es noch keinen Arbeitsplatz.' : `In ${path} gibt es noch keinen Arbeitsplatz.`),
  'desk-in-use': () => 'Der Arbeitsplatz wird von einem anderen Fenster oder Befehl benutzt.',
  'store-damaged': (facts) => (facts['found'] === 'in-use'
    ? `Der Speicher ist beschädigt${after(facts, 'file', 'path')}. Das fiel bei der Benutzung auf: Was dieser Vorgang nicht beendet hat, steht nicht darin. Eine Sicherung ist nötig.`
    : `Der Speicher ist beschädigt${after(facts, 'file', 'path')}. Nichts wurde verändert; eine Sicherung ist nötig.`),
  'store-from-newer-version': (facts) => `Der Speicher stammt von einer neueren Version${after(facts, 'version', 'storeVersion')}. Nichts wurde verändert.`,
  'store-foreign': (facts) => `Das ist nicht der Speicher dieses Arbeitsplatzes${after(facts, 'file', 'path')}: Er gehört zu einem anderen, oder es ist kein Speicher. Nichts wurde verändert.`,
  'cannot-read-recovery-passwords': () => 'Dieser Bediener hat den Schlüssel zu Wiederherstellungskennwörtern nicht.',
  'folder-not-writable': (facts) => `Diesen Ordner gibt es nicht, oder dort darf nichts geschrieben werden${after(facts, 'path')}. Legen Sie ihn an oder wählen Sie einen anderen.`,
  'desk-folder-unusable': (facts) => `Das kann nicht der Ordner eines Arbeitsplatzes sein: es ist eine Datei oder lässt sich nicht anlegen${after(facts, 'path')}.`,
  'file-not-found': (facts) => `Datei nicht gefunden${whyNotRead(facts, WHY_NOT_READ, {})}.`,
  'file-unreadable': (facts) => `Datei nicht lesbar${whyNotRead(facts, WHY_NOT_READ, wordsDe.declined)}.`,
  'file-is-a-directory': (facts) => `Das ist ein Ordner, keine Datei${after(facts, 'path', 'file', 'name')}.`,
  'file-not-recognised': (facts) => `Nicht übernommen${whyNotRead(facts, WHY_NOT_READ, wordsDe.declined)}.`,
  'backup-unusable': (facts) => `Nicht wiederhergestellt${whyNotRead(facts, WHY_NO_BACKUP, {})}.${facts['missingBytes'] === undefined ? '' : ` Fehlende Bytes am Ende: ${fact(facts, 'missingBytes')}.`}`,
  'no-terminal': () => 'Kein Terminal für Rückfragen.',
  'base-unreadable': (facts) => `Das ist keine brauchbare Windows-ISO, boot.wim oder WinRE.wim${after(facts, 'path', 'file', 'name')}${because(facts, WHY_UNREADABLE)}.`,
  'base-lacks-files': (facts) => `Der Basis fehlen Dateien, die dieses Medium braucht${after(facts, 'missing', 'files')}.${facts['manualOnly'] === true ? ` Ein Medium ohne Schlüssel, nur mit den manuellen Schritten, ist daraus möglich${facts['option'] === undefined ? '' : `, mit ${fact(facts, 'option')}`}.` : ''}`,
  'base-architecture-refused': (facts) => `Nur x64 und ARM64 sind als Basis möglich${after(facts, 'architecture')}.`,
  'disk-full': (facts) => `Der Datenträger ist voll${after(facts, 'path', 'file')}. Keine halbe Datei blieb zurück.${room(facts, 'de-DE', 'Nötig', 'frei')}`,
  'disk-not-found': (facts) => `Kein Datenträger hat noch diesen Ort, diese Seriennummer und diese Größe zusammen${after(facts, 'disk')}. Nichts wurde geschrieben.`,
  'disk-refused': (facts) => `Dieser Datenträger wird nicht beschrieben${after(facts, 'disk')}. Dagegen spricht: ${sayReasons(facts, wordsDe.diskReason)}.`,
  'disk-busy': (facts) => `Etwas auf diesem Rechner benutzt den Datenträger${after(facts, 'disk')}. Schließen, oder den Datenträger ziehen und neu stecken. ${facts['emptied'] === true ? 'Was darauf war, ist weg, das Medium ist nicht darauf.' : 'Nichts wurde geschrieben.'}`,
  'disk-gone': (facts) => `Der Datenträger wurde gezogen${after(facts, 'disk')}. Er ist jetzt kein Medium und kann neu beschrieben werden.`,
  'disk-failed': (facts) => (facts['at'] === 'verify' ? 'Der Datenträger gibt nicht zurück, was auf ihn geschrieben wurde: abgenutzt, oder kleiner, als er angibt. Einen anderen nehmen.' : `Der Datenträger ließ sich nicht zu Ende beschreiben${after(facts, 'why')}. Noch einmal versuchen; misslingt es wieder, einen anderen nehmen.`),
  'not-this-medium': (facts) => `Der Stick${after(facts, 'disk')} ist nicht Medium ${fact(facts, 'mediaId')}${facts['found'] === 'none' ? '' : `, sondern ${fact(facts, 'found')}`}, soweit Register und Stick es sagen. Nichts darauf wurde geändert.`,
  'results-not-taken': (facts) => `${facts['records'] === undefined ? 'Die Ergebnisse auf dem Stick ließen sich nicht lesen' : `${fact(facts, 'records')} Ergebnisse auf dem Stick ließen sich nicht aufnehmen`} und gingen verloren. Den Ordner bluelift/results wegkopieren, oder sagen, dass sie wegkönnen. Nichts darauf wurde geändert.`,
  'renewal-needs-base': (facts) => `Medium ${fact(facts, 'mediaId')} lässt sich nicht an Ort und Stelle erneuern: ${facts['why'] === 'recipe' ? 'das freigegebene Rezept ist jetzt ein anderes' : facts['why'] === 'agent' ? 'der Agent ist jetzt ein anderer' : facts['why'] === 'mode' ? 'es trägt kein Bündel oder ist von anderer Art' : facts['why'] === 'second' ? 'seine zweite Partition ist hier ohne Verwaltungsrechte nicht zu lesen' : `eine Datei darauf ist nicht, wie sie geschrieben wurde${after(facts, 'path')}`}. Den Stick von einer Basis neu schreiben. Nichts darauf wurde geändert.`,
  'nothing-to-wipe': (facts) => `Niemand kann sagen, wo auf dem Stick${after(facts, 'disk')} das Bündel liegt. Ein anderes Medium darauf schreiben oder ihn ganz löschen. Nichts darauf wurde geändert.`,
  'policy-forbids': () => 'Die Richtlinien dieses Arbeitsplatzes erlauben es nicht. Die Leitung kann sie ändern.',
  'not-ordered': () => 'Ein Medium ohne Passcode muss zuerst von der Leitung angeordnet werden. Eine Anordnung gilt für ein Medium.',
  'disk-writing-unavailable': () => 'Datenträger werden unter Linux, Windows und macOS beschrieben. Hier ein Abbild schreiben, und das mit einem beliebigen Werkzeug für rohe Abbilder auf den Stick.',
  'not-elevated': () => 'Einen Datenträger zu beschreiben braucht Verwaltungsrechte, und niemand hat zugestimmt. Nichts wurde geschrieben.',
  'file-exists': (facts) => `Eine Datei dieses Namens gibt es schon${after(facts, 'path', 'file', 'name')}.${facts['option'] === undefined ? '' : ` Einen anderen Namen wählen oder mit ${fact(facts, 'option')} ersetzen.`}`,
  'image-unreadable': (facts) => `Dort ist kein Bluelift-Medium zu lesen${after(facts, 'path', 'file', 'name')}${because(facts, WHY_UNREADABLE)}.`,
  'no-drivers': (facts) => `Der Ordner enthält keinen Treiber für diese Basis${after(facts, 'path', 'leftOut')}. Einen Ordner mit INF-Dateien für den Prozessor der Basis nennen.`,
  'nothing-to-put-on-media': () => 'Kein Host im Umfang hat einen Schlüsseldatensatz, der auf ein Medium kann.',
  'container-declined': (facts) => `${wordsDe.disk.container[fact(facts, 'container')] ?? fact(facts, 'container')}: Inhalt nicht lesbar. ${wordsDe.disk.how[fact(facts, 'container')] ?? wordsDe.disk.otherHow}`,
  'recovery-password-wrong': (facts) => (facts['status'] === 'several' ? 'In der Standardeingabe stehen mehrere Wiederherstellungskennwörter, geprüft wird immer eines. Importieren, dann ohne diese Option prüfen.'
    : facts['status'] === 'length' ? `Das Wiederherstellungskennwort hat ${fact(facts, 'digits')} Ziffern, nicht 48.` : `Das Wiederherstellungskennwort ist unvollständig oder hat falsche Gruppen${after(facts, 'groups')}.`),
  'audit-broken': (facts) => `Die Audit-Kette ist gebrochen${after(facts, 'entry', 'number')}.`,
  'name-taken': (facts) => `Der Name ist vergeben${after(facts, 'operator', 'name')}.`,
  'last-holder': (facts) => `Der letzte Bediener, der diese Arbeit tun kann, bleibt aktiv${after(facts, 'operator', 'name')}.`,
  'operators-unproven': (facts) => `Es ist nicht bewiesen, wem diese Schlüssel in keys.json gehören: ${fact(facts, 'operators')}. Jeder von ihnen meldet sich einmal an oder wird gesperrt; dann lassen sich die Schlüssel wechseln.`,
  'passphrase-file': (facts) => `Die Passphrase-Datei ist nicht lesbar oder leer${after(facts, 'path')}.`,
  'file-too-large': (facts) => `Die Datei ist zu groß${after(facts, 'path', 'file', 'name')}.`,
  'image-too-small': (facts) => `Das Ziel ist zu klein${after(facts, 'path')}.`,
  'import-already-undone': (facts) => `Dieser Import ist schon rückgängig gemacht${after(facts, 'importId')}.`,
  'hosts-changed': (facts) => `Der Filter findet andere Hosts als gezeigt: ${fact(facts, 'found')} statt ${fact(facts, 'seen')}. Nichts wurde geändert.`,
  'incident-closed': (facts) => `Der Vorfall ist geschlossen${after(facts, 'name')}.`,
  'recipe-not-approved': (facts) => `Keine Version des Rezepts ist freigegeben${after(facts, 'recipe')}.`,
  'volume-locked': (facts) => `BitLocker hat das Windows-Volume gesperrt${after(facts, 'path')}. Es mit dem System entsperren und seine Wurzel nennen (etwa E:\\), oder das Rezept an einem Ordner erproben, der daraus kopiert ist.`,
  'volume-unreadable': (facts) => `Dort ist kein Volume zu lesen${after(facts, 'path')}${because(facts, WHY_NO_VOLUME)}.`,
  'incidents-open': (facts) => `Andere Vorfälle sind offen${after(facts, 'incidents')}: Ihre Hosts brauchen die Wiederherstellungskennwörter noch. Zuerst diese schließen.`,
  'vault-purged': () => 'Die Wiederherstellungskennwörter dieses Arbeitsplatzes wurden vernichtet, als sein letzter Vorfall schloss. Audit und Berichte bleiben; für den nächsten Vorfall einen neuen Arbeitsplatz anlegen.',
  'second-operator-needed': (facts) => `Das muss ein anderer Bediener tun als der, der es begonnen hat${after(facts, 'operator')}.`,
  'several-incidents': (facts) => `Es muss gesagt sein, für welchen Vorfall${after(facts, 'incidents')}.`,
  'wave-not-opened': (facts) => `Hosts einer noch nicht geöffneten Welle können nicht auf Medien${after(facts, 'waves', 'hosts')}.`,
  'call-step-missing': (facts) => `Der Gesprächsbogen ist nicht vollständig: ${STEP[String(facts['step'])] ?? 'ein Schritt'} ist hier Pflicht.`,
  'nothing-to-print': () => 'Kein offener Host dieses Standorts hat einen Schlüsseldatensatz.',
  'too-much-to-print': (facts) => `Mehr Schlüssel, als ein Bogen tragen darf${after(facts, 'site', 'limit')}. Den Standort vorher in der Hostliste teilen.`,
  'medium-expired': (facts) => `Das Medium ist abgelaufen und wird nicht mehr ausgegeben${after(facts, 'mediaId')}. Erneuern oder löschen.`,
  'not-in-this-state': (facts) => (
    facts['why'] === 'not-empty' ? `Welle ${fact(facts, 'wave')} lässt sich nicht entfernen: Sie ist geöffnet, oder es sind Hosts darin.`
      : facts['wave'] !== undefined ? `Welle ${fact(facts, 'wave')} behält ihren Platz: Sie ist die erste, oder sie oder die davor ist geöffnet.`
      : facts['callId'] !== undefined ? `Dieser Anruf ist beendet: ${callEnd(facts, facts['laps'] === true ? phoneDe.calls.lapsOutcomes : phoneDe.calls.outcomes)}.`
      : `Der jetzige Zustand lässt das nicht zu${after(facts, 'hostname', 'mediaId', 'recipe')}.`),
  'not-a-technician': (facts) => `Dieser Name ist kein Techniker dieses Arbeitsplatzes${after(facts, 'technician', 'operator', 'name')}.`,
  'certificate-not-trusted': (facts) => (facts['why'] === 'another-certificate'
    ? `Der Server zeigt ein anderes Zertifikat als das bestätigte (SHA-256 ${fact(facts, 'sha256')}). Nichts wurde an ihn gesendet.`
    : `Dem Zertifikat des Servers wird hier nicht vertraut (${whySource(facts, WHY_CERTIFICATE_DE)}). Nichts wurde an ihn gesendet. Ausgestellt für ${fact(facts, 'subject')} von ${fact(facts, 'issuer')}, gültig bis ${fact(facts, 'validTo')}. Stimmt sein SHA-256 mit dem am Server abgelesenen überein, anheften: ${fact(facts, 'sha256')}.`),
  'powershell-unavailable': (facts) => (facts['why'] === 'no-module'
    ? 'Das Windows-Modul ActiveDirectory ist hier nicht installiert. „RSAT: Tools für Active Directory Domain Services“ installieren oder über LDAPS mit Konto und Kennwort importieren.'
    : `Windows PowerShell ist hier nicht nutzbar${after(facts, 'why')}. Über LDAPS mit Konto und Kennwort importieren.`),
  'source-failed': (facts) => {
    const why = facts['why'] === undefined ? '' : `: ${whySource(facts, WHY_SOURCE_DE)}`;
    return facts['during'] === 'rotations.request' ? `Die Anfragen an Intune brachen ab${why}. Was es bis dahin annahm, ist festgehalten; eine neue Anfrage gilt dem Rest.` : `Der Import aus der Quelle brach ab${why}. Was bis dahin kam, ist übernommen; ein neuer Import ändert nichts doppelt.`;
  },
  'source-refused-sign-in': (facts) => `Die Quelle hat die Anmeldung abgelehnt${after(facts, 'account')}: ${WHY_REFUSED_DE[fact(facts, 'why')] ?? whySource({ why: facts['why'] }, WHY_SOURCE_DE)}.`,
  'source-rights-missing': (facts) => `Das Konto darf das nicht lesen. Es fehlt: ${fact(facts, 'rights')}.`,
  'source-unreachable': (facts) => `Die Quelle ist nicht zu erreichen${after(facts, 'url')} (${whySource(facts, WHY_SOURCE_DE)}).`,
  'wrong-token': () => 'Diese Seite gehört nicht zum laufenden Arbeitsplatz. Die Adresse öffnen, die der Arbeitsplatz beim Start ausgab.',
  'desk-unreachable': () => 'Der Arbeitsplatz antwortet nicht. Wurde er beendet: neu starten.',
  cancelled: () => 'Abgebrochen.',
  internal: () => 'Im Arbeitsplatz ist etwas schiefgegangen. Scheitert auch ein zweiter Versuch: neu starten; was gespeichert ist, bleibt.',
};
