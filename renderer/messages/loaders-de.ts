// Was man über die Loader einer Basis und Secure Boot liest, und darüber, als was ein Medium geschrieben wird, auf Deutsch.
import type { LoaderWords } from './loader-line.ts';
import { findingLine, loaderLine, shortLoader } from './loader-line.ts';
import type { loadersEn } from './loaders-en.ts';

const size = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toLocaleString('de-DE', { maximumFractionDigits: 1 })} MB`);

const words: LoaderWords = {
  none: 'nicht signiert', version: (version) => `Sicherheitsversion ${version}`, noVersion: 'keine Sicherheitsversion', altered: 'seitdem verändert', unknown: (signers) => `${signers} (nicht Microsofts Zertifikat)`,
  asked: (version, least) => `${version}, verlangt wird ${least}`,
  finding: {
    unsigned: 'Nicht signiert: Hosts mit Secure Boot lehnen ihn ab. Ein Windows-ISO nehmen, wie Microsoft es anbietet.',
    altered: 'Seit dem Signieren verändert: Hosts mit Secure Boot lehnen ihn ab. Das ISO neu laden und seinen Hash vergleichen.',
    'signer-unknown': 'Signiert, aber unter keiner Zertifizierungsstelle von Microsoft: Hosts mit Secure Boot lehnen ihn ab, wenn ihnen sein Schlüssel nicht gegeben wurde.',
    'only-2011': 'Die Basis hat nur einen Loader von 2011. Hosts, die die Zertifizierungsstelle von 2011 gesperrt haben, lehnen ihn ab: Für sie ein ISO nehmen, das seit April 2024 gepflegt wurde; es hat beide.',
    'only-2023': 'Die Basis hat nur einen Loader von 2023. Hosts, deren Firmware die Zertifizierungsstelle von 2023 nie bekommen hat, lehnen ihn ab: Für sie ein zweites Medium aus einem älteren ISO erstellen.',
    stale: 'Älter, als Hosts verlangen können. Ein solcher Host startet ihn, meldet „Secure boot version check failed“ und schaltet sich aus. Das ISO dieses Monats nehmen.',
    'no-version': 'Aus der Zeit vor den Sicherheitsversionen. Ein Host, der eine verlangt, startet ihn, meldet „Secure boot version check failed“ und schaltet sich aus. Das ISO dieses Monats nehmen.',
    'cut-off': 'Das ISO endet früher, als es selbst sagt, wie nach einem abgebrochenen Download. Was Medien brauchen, ist ganz darin; für alles andere neu laden.',
    'both-there': 'Die Basis hat beide Loader. Ein Medium mit beiden startet auch auf Hosts, die nur eine der Zertifizierungsstellen kennen.',
  },
};

export const loadersDe: typeof loadersEn = {
  loaders: {
    title: 'Secure Boot', line: (loader) => loaderLine(loader, words), found: (found) => findingLine(found, words),
    short: (loader) => shortLoader(loader, words),
    drivers: 'Treiber', driversNote: 'Ein Ordner am Arbeitsplatz. Jeder Ordner darin mit einer INF-Datei ist ein Treiber; Namen mit Zahlen vorn geben die Reihenfolge, sonst kommen Tastaturen vor Speicher.', lookAtDrivers: 'Ordner ansehen',
    driver: ({ folder, className, version, sizeBytes }) => `${folder}: ${[className === '' ? '' : `Klasse ${className}`, version === '' ? '' : `Version ${version}`, size(sizeBytes)].filter((part) => part !== '').join(', ')}`,
    driverLeftOut: ({ source, reason, architectures }) => `${source}: bleibt weg, ${reason === 'other-architecture' ? `er ist für ${architectures.join(', ')}` : 'keine INF-Datei darin ist die eines Treibers'}`,
    two: 'Beide Loader, auf zwei Partitionen', twoNote: 'Für Hosts, die nur die Zertifizierungsstelle von 2011 oder nur die von 2023 kennen. Die Startdateien brauchen doppelt so viel Platz.',
    folderPath: 'Pfad des Ordners', format: 'Format', formats: { image: 'Datenträgerabbild, für Sticks und virtuelle Maschinen', vhd: 'Feste VHD, für Hyper-V', iso: 'Disc-Abbild (ISO), für Fernkonsolen und virtuelle Maschinen', pxe: 'Ordner für einen HTTP-Server, zum Start über das Netz (iPXE)' },
    takesNothing: {
      iso: 'Auf eine Disc kann am Host nichts geschrieben werden: Das Ergebnis bleibt auf seinem Bildschirm und muss dort notiert werden.',
      pxe: 'Über das Netz kann nichts zurückgeschrieben werden: Das Ergebnis bleibt auf dem Bildschirm des Hosts und muss dort notiert werden. README.txt im Ordner sagt, wie man ihn anbietet; wimboot gehört nicht dazu.',
    },
  },
};
