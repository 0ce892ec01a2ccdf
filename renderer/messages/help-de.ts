// A short help page for each screen, in German.
import type { HelpPages } from './help-en.ts';

export const helpDe: HelpPages = {
  lookup: [
    'Findet den einen Schlüsseldatensatz, den ein Anruf braucht: eingeben, was gesagt wird: die ersten Zeichen der Schlüssel-ID vom blauen Bildschirm, einen Teil des Hostnamens, Benutzer, Serien- oder Inventarnummer; Leerzeichen und Striche sind gleich. Treffer sind markiert, was nur nahe kommt, heißt geraten; ausgewählt ist nichts, bis ↓ gedrückt wird.',
    'Die acht Zeichen vor dem Offenlegen mit der Angabe am Telefon vergleichen; die Wörter darunter sind zum Vorlesen. Ein Host kann mehrere Schlüsseldatensätze haben: nur der mit der vorgelesenen ID öffnet das Volume.',
    'Offenlegen verlangt einen Grund, steht danach im Audit und macht eine Rotation fällig. Das Wiederherstellungskennwort verbirgt sich von selbst; erneutes Zeigen ist eine neue Offenlegung. Mit der ersten gesagten Ziffer oder zurückgelesenen Gruppe ist festgehalten, dass vorgelesen wurde.',
    'Ein Host ohne Schlüssel, oder dessen Schlüssel abgelehnt wurde, hat eigene Wege: Verzeichnis oder Mandant werden an Ort und Stelle nach ihm gefragt, und ein abgesicherter Start kommt ohne Schlüssel aus, wo das Volume sich selbst öffnet, mit dem LAPS-Kennwort des lokalen Administrators. Das wird wie ein Wiederherstellungskennwort offengelegt und Zeichen für Zeichen vorgelesen.',
    'Ein ins Feld getipptes Wiederherstellungskennwort wird ab der zweiten Gruppe erkannt. Es wird nicht gesucht und nicht behalten; eine Gruppe, die nicht stimmen kann, wird sofort genannt.',
  ],
  overview: ['Wie viele Hosts noch ausgefallen sind, in welchem Zustand, und was die übrigen aufhält, mit den Stunden des letzten Tages und den Standorten, die am weitesten zurück sind. Die Zahlen folgen von selbst.', 'Repariert heißt: die fehlerhafte Datei ist weg. Verifiziert heißt: der Host wurde laufend gesehen. Beides wird nie zusammengezählt.', 'Die Linie zeigt Stunde für Stunde, was ausgefallen war; hinter dem Jetzt ist sie so breit wie die Schätzung. F gibt der Seite den ganzen Bildschirm: in Schrift, die mit ihm wächst, alles im Blick, für eine Wand; S wechselt zwischen Standorten, Wellen, Technikern und Servern; R erstellt den Lagebericht.', 'Die zweite Spanne gilt für alle außer den blockierten Hosts: wann der letzte, der jetzt ausgefallen und nicht blockiert ist, zurück ist oder sich als blockiert erweist. Nach ihr werden Schichten geplant, nach der ersten das Ende. Entscheiden blockierte Hosts darüber und wurden bisher zu wenige frei, wird kein Ende genannt.'],
  hosts: [
    'Alle Hosts mit ihrem Zustand. Der Filter und die Listen links engen ein, nach Zustand, Grund, Welle, Standort, Schlagwort und Techniker; der Kopf einer Spalte sortiert. Was gesetzt ist, steht in der Adresse und lässt sich als Ansicht für alle sichern.',
    'Leertaste wählt aus, A handelt an allem Ausgewählten oder allem, was der Filter findet: Schlagwort, Zuweisung, Blockade, andere Welle. Strg Z nimmt jedes zurück. Die Liste gibt es als CSV-Datei ohne Geheimnisse.',
    'Ein Host öffnet sich rechts mit seinem Verlauf, das Älteste zuerst. Verifizieren verlangt einen Nachweis in Worten. Blockieren verlangt einen Grund aus der Liste und ist umkehrbar. Schließen beendet einen Host als neu aufgesetzt, ausgemustert, doppelt oder nicht betroffen; das, und ihn wieder zu öffnen, ist mit Grund Sache der Leitung.',
    'Ein Ergebnis, dessen Prüfung fehlschlägt, ist eine Behauptung: sie wird gezeigt und von niemandem geglaubt.',
  ],
  media: [
    'Das Register nennt jedes erstellte Medium. Ein Medium trägt den Agenten und ein versiegeltes Schlüsselbündel für seinen Umfang, bis zu seinem Ablauftag.',
    'Erstellen geht in vier Schritten: Basis, Umfang, Techniker und das Ziel, ein USB-Stick oder ein Abbild. Jeder Techniker bekommt einen Passcode aus 18 Zeichen, einmal gezeigt und nirgends gespeichert. Alles auf einem Medium gilt als offengelegt.',
    'Hosts ohne Schlüsseldatensatz, oder deren Datensatz keine Schlüssel-ID hat, können nicht auf ein Medium. Sie stehen mit dem Grund in einer Liste.',
    'Ein Stick, der zurückkommt und eingesteckt wird, wird von selbst erkannt: Seine Ergebnisse werden übernommen, dann wird er erneuert oder gelöscht. Ein verlorener setzt alles darauf an den Kopf der Rotationsliste.',
  ],
  disks: [
    'Sieht in einen angeschlossenen Datenträger, ein rohes Abbild, eine feste VHD oder eine Partition und zeigt jedes BitLocker-Volume: wessen Computer es war, wie es verschlüsselt ist und jeden Weg, es zu öffnen. Geschrieben wird nie.',
    'Die Schlüssel-IDs auf dem Datenträger werden sofort nachgeschlagen. Eine Prüfung beweist ein Wiederherstellungskennwort am Volume, in etwa einer Sekunde, ohne den Inhalt zu lesen.',
    'Windows bewahrt jedes Wiederherstellungskennwort eines Volumes unter dessen Schlüssel auf. Wer eines kennt und den Datenträger hat, kann die anderen berechnen; sie werden deshalb zusammen rotiert.',
  ],
  imports: [
    'Nimmt Exporte von Wiederherstellungskennwörtern und Hostlisten auf. Was eine Datei ist, entscheidet ihr Inhalt. Eine schlechte Zeile hält die anderen nie auf: sie steht mit Nummer und Grund im Bericht.',
    'Dieselbe Datei zweimal ändert nichts. Dieselbe Schlüssel-ID mit einem anderen Wiederherstellungskennwort ist ein Konflikt: gezeigt, nie überschrieben.',
    '„Verzeichnis und Mandant“ fragt eines von beiden selbst. „Listen vergleichen“ hält importierte Hostlisten gegeneinander: wer in der einen steht und in der anderen nicht, wer seither laufend gesehen wurde.',
    'Auch Ergebnisse von Medien kommen hier zurück: aus einem Ordner, aus Ergebnisdateien oder einem Abbild, oder als die zwölf Zeichen des letzten Bildschirms. Signiert, unsigniert und Behauptung sagen, wie weit einem Datensatz zu trauen ist.',
  ],
  rotation: [
    'Jedes Wiederherstellungskennwort, das gezeigt, vorgelesen oder auf ein Medium gelegt wurde, muss ersetzt werden. Die Liste beginnt mit dem größten Risiko und dem ältesten.',
    'Übergeben erzeugt ein Skript für Intune, ConfigMgr oder die Hosts selbst; es enthält kein Wiederherstellungskennwort. Danach die neuen Schlüssel importieren: ein neuerer Schlüsseldatensatz desselben Volumes bestätigt die Rotation von selbst.',
    'Über Intune fragt für jeden Host sofort an und zählt nur, was Intune annimmt; jeder andere Host wird mit dem Grund genannt. Offengelegte LAPS-Kennwörter stehen ebenfalls in der Liste: Windows LAPS ersetzt sie, und ein neueres, das importiert wird, bestätigt es.',
    'Wo kein Beleg kommen kann, etwa nach einem neuen Datenträger, bestätigt die Leitung mit Grund. Erneutes Zeigen macht die Rotation wieder fällig.',
  ],
  disclosures: ['Jedes Wiederherstellungskennwort, das den Tresor verlassen hat: wer, welches, für welchen Host, warum und wie. Ein Medium ist eine Zeile für alles, was es trägt.', 'Hat jemand in wenigen Minuten mehr offengelegt, als die Richtlinien üblich nennen, steht es oben und auf der Übersicht.'],
  audit: ['Wer was getan hat, jeder Eintrag durch einen Hash mit dem nächsten verkettet. Kette prüfen liest alles noch einmal.', 'Ohne einen Kopf von außen beweist eine Kette wenig: den von einem Bericht, einem Manifest oder einer Sicherung eingeben.'],
  reports: ['Gibt einen Bericht aus: die Lage auf einer Seite, das Ausmaß, Entwürfe für NIS-2 und DORA, Offenlegungen, Rotation, die Übergabe einer Schicht. Was der Arbeitsplatz nicht weiß, ist als offen markiert, nie geraten. Er gilt dem ganzen Arbeitsplatz, einem Vorfall oder einer Welle.', 'Jeder trägt den Zeitpunkt, für den er gilt, und den Audit-Kopf dieses Zeitpunkts. Derselbe Zeitpunkt gibt dieselbe Datei.'],
  operators: ['Wer sich mit welchen Rollen anmelden kann. Die Leitung fügt Bediener hinzu; eine Rolle, die Wiederherstellungskennwörter liest, gilt erst, wenn jemand sie ergänzt hat, der deren Schlüssel hat.', 'Die Tabelle darunter ist die, nach der der Arbeitsplatz selbst entscheidet.', 'Ist jemand ausgeschieden, macht Schlüssel wechseln neue: Eine alte Kopie des Arbeitsplatzes öffnet nichts von dem, was danach kommt.'],
  waves: [
    'Wer in welcher Reihenfolge zurückgeholt wird. Hosts kommen nach Standort, Organisationseinheit, Schlagwort, Betriebssystem, Muster oder Liste in eine Welle. Domänencontroller und Schlüsselserver gehören an den Anfang: Hosts einer anderen Welle bleiben dort, wenn nicht angehakt ist, dass auch sie gemeint sind.',
    'Die erste Welle ist die Vorhut. Die nächste geht auf, wenn vier Fünftel davon verifiziert sind und nichts Unerwartetes auftrat; die Leitung kann sie dagegen mit einem festgehaltenen Grund öffnen.',
    'Hosts einer nicht geöffneten Welle kommen auf kein Medium. Was nicht eingeschaltet werden darf, kommt auf gar keines. Eine leere Welle, die nie geöffnet war, lässt sich entfernen.',
  ],
  incidents: ['Rezept, Wellen und Medien gehören zu einem Vorfall. Er lässt sich schließen, wenn nichts davon offen ist; sonst steht da, was fehlt. Mit dem letzten lässt sich der Tresor archivieren, oder seine Kennwörter werden für immer vernichtet.', 'Ein Rezept sagt, welche Dateien schadhaft sind. Jede Änderung ist eine neue Version, an einem Ordner, einem Abbild oder einem angeschlossenen Datenträger erprobt und von einem anderen Bediener freigegeben, bevor Medien sie tragen.'],
  matching: [
    'Was Quellen über Schlüssel und Hosts sagen, wo es nicht zusammenpasst: Konflikte, Schlüssel ohne Host, Hosts ohne Schlüssel. Jede Liste lässt sich als Datei sichern; keine enthält ein Wiederherstellungskennwort.',
    'Ein Konflikt ist eine Schlüssel-ID mit mehreren Wiederherstellungskennwörtern. Am Telefon unterscheidet sie der Fingerabdruck: Gleiche Kennwörter haben an diesem Arbeitsplatz gleiche Fingerabdrücke, und vom Kennwort selbst steckt nichts darin. Was ein Volume geöffnet hat, ist bewiesen; ohne Beweis kommt das spätere Datum auf Medien.',
    'Eine Frage zu Hosts: zwei Namen, die sich Seriennummer, Geräte-ID oder Schlüssel teilen, oder ein Name mit zweien davon. Der Arbeitsplatz sagt, wonach es aussieht, und entscheidet nichts. Die Leitung führt zusammen, hält getrennt oder nimmt es als ein Gerät, mit Grund; alles lässt sich zurücknehmen.',
  ],
  'walk-in': [
    'Für einen Schalter mit Scanner: Was auf dem Etikett steht, findet den Host; er erhält eine Nummer, und der nächste Schritt steht groß da. Eingabe geht weiter, der Scanner braucht keine Taste dazu.',
    'Ist niemand davor, ist der Host gleich an der Reihe. Sonst wartet er; die Nummer lässt sich drucken und ist nach einem Neustart noch da. Mehrere Hosts können zugleich in Händen sein.',
    'Ein Wiederherstellungskennwort wird hier offengelegt wie am Telefon: Schlüssel-ID vergleichen, angeben, wie die Person erkannt wurde, und es ist festgehalten.',
  ],
  settings: ['Sprache, Farben und Tasten dieses Fensters gelten sofort. Eine Sicherung nimmt beide Dateien des Arbeitsplatzes auf.', 'Richtlinien gelten für alle an diesem Arbeitsplatz; die Leitung setzt sie.'],
};
