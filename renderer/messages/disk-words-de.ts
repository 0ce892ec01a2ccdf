// Was ein untersuchter Datenträger ist, der kein BitLocker-Volume enthält, und was dann zu tun ist: Fenster und Kommandozeile.
import type { DiskWords } from './disk-words-en.ts';

const QEMU = 'Die Blöcke liegen verstreut. qemu-img convert -O raw macht daraus ein rohes Abbild.';

export const diskWordsDe: DiskWords = {
  container: {
    vhdx: 'VHDX', 'dynamic-vhd': 'Dynamische VHD', 'differencing-vhd': 'Differenzierende VHD', e01: 'EnCase-Abbild (E01)', aff: 'AFF-Abbild', vmdk: 'VMDK', vdi: 'VirtualBox-Datenträger (VDI)', qcow2: 'qcow2', qed: 'QED', parallels: 'Parallels-Datenträger',
    wim: 'Windows-Abbild (WIM)', ffu: 'Full Flash Update (FFU)', packed: 'Gepackte Datei',
  },
  how: {
    vhdx: 'Die Blöcke liegen verstreut. Unter Windows: Mount-VHD -ReadOnly, dann den erscheinenden Datenträger untersuchen. Sonst: qemu-img convert -O raw.',
    'dynamic-vhd': 'Die Blöcke liegen verstreut. Unter Windows: Convert-VHD -VHDType Fixed, oder Mount-VHD -ReadOnly und den erscheinenden Datenträger untersuchen. Sonst: qemu-img convert -O raw.',
    'differencing-vhd': 'Enthält nur, was von einer anderen Datei abweicht. Zuerst beide zusammenführen, oder schreibgeschützt einhängen und den erscheinenden Datenträger untersuchen.',
    e01: 'Komprimiertes Beweismittel. ewfexport oder ewfmount machen daraus ein rohes Abbild.', aff: 'Komprimiertes Beweismittel. affconvert oder affuse machen daraus ein rohes Abbild.',
    vmdk: 'Die Blöcke liegen womöglich verstreut. qemu-img convert -O raw macht daraus ein rohes Abbild; bei einem flachen liegen die Daten in der Datei mit -flat.vmdk.', vdi: QEMU, qcow2: QEMU, qed: QEMU, parallels: QEMU,
    wim: 'Enthält Dateien, keinen Datenträger: Nichts darin ist von BitLocker gesperrt.', ffu: 'Ist komprimiert. Unter Windows einhängen oder auf einen Datenträger anwenden und diesen untersuchen.', packed: 'Entpacken, dann das Abbild darin untersuchen.',
  },
  otherHow: 'Die Blöcke liegen nicht an ihrem Ort. Zuerst in ein rohes Abbild oder eine feste VHD umwandeln.',
  conversion: { encrypting: 'wird verschlüsselt', decrypting: 'wird entschlüsselt', paused: 'Umwandlung angehalten', decrypted: 'entschlüsselt' },
  untested: {
    damaged: 'Die Kennung von BitLocker ist da, aber keine Kopie der Metadaten ist heil', 'too-old': 'Von Windows Vista verschlüsselt; dessen Aufbau wird nicht gelesen',
    'no-recovery-password': 'Es hat kein Wiederherstellungskennwort unter seinen Schutzvorrichtungen', 'no-key-record': 'Zu seinen Schlüssel-IDs gibt es hier keinen Datensatz',
  },
  content: {
    ntfs: 'NTFS, nicht verschlüsselt', refs: 'ReFS, nicht verschlüsselt', exfat: 'exFAT, nicht verschlüsselt', fat: 'FAT, nicht verschlüsselt', linux: 'Linux, nicht von BitLocker verschlüsselt', luks: 'von Linux verschlüsselt (LUKS)', lvm: 'Volumes von Linux (LVM), nicht untersucht',
    'third-party-encryption': 'vom Produkt eines anderen Herstellers verschlüsselt', 'dynamic-disk': 'ein dynamischer Datenträger von Windows, den BitLocker nicht schützt', 'storage-spaces': 'Teil eines Speicherpools (Storage Spaces): alle seine Datenträger an einen Windows-Rechner anschließen und den erscheinenden untersuchen',
    disc: 'ein ISO-Abbild', text: 'Text, kein Datenträger. Dateien mit Schlüsseln oder Hosts gehören in einen Import', nothing: 'nichts: Datenträger oder Abbild endet davor. Ganz kopieren oder die Teile zusammenfügen und das untersuchen', unreadable: 'nicht lesbar', zeros: 'leer: beginnt mit Nullen', unknown: 'nichts Bekanntes. Verschlüsselung anderer Hersteller sieht aus wie Rauschen',
  },
};
