// What Windows says of disks, as facts that the reasons against writing are held against. Rehearsed, not seen on Windows.
import type { DiskBus } from '../../core/codes.ts';
import type { DiskContent, DiskFacts } from '../../core/media/disk-reasons.ts';
import { countOf, fieldsOf, isYes, listOf, textOf, type Fields } from '../system-listing.ts';

/** Three listings in one answer. PowerShell 5.1 writes one object without brackets; the arrays stand around it here. */
export const GET_DISK_WORDS = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', [
  '[Console]::OutputEncoding = [Text.Encoding]::UTF8;',
  '@{ disks = @(Get-Disk | Select-Object Number,FriendlyName,SerialNumber,Size,LogicalSectorSize,Guid,IsBoot,IsSystem,BootFromDisk,IsReadOnly,IsOffline,IsClustered,@{n="Bus";e={[string]$_.BusType}});',
  'partitions = @(Get-Partition | Select-Object DiskNumber,DriveLetter,GptType,Size,AccessPaths);',
  'volumes = @(Get-Volume | Select-Object DriveLetter,UniqueId,FileSystemType,FileSystemLabel) } | ConvertTo-Json -Depth 4 -Compress',
].join(' ')] as const;

/** Names and numbers of MSFT_Disk.BusType; everything else is built in. @source Microsoft, "MSFT_Disk class". */
const BUSES: Readonly<Record<string, DiskBus>> = { usb: 'usb', 7: 'usb', sd: 'sd', 12: 'sd', mmc: 'sd', 13: 'sd', virtual: 'virtual', 14: 'virtual', 'file backed virtual': 'virtual', 'filebackedvirtual': 'virtual', 15: 'virtual' };
/** BitLocker's own file system names nothing to Windows: a locked volume is of no known type. */
const UNKNOWN_TYPES = ['unknown', 'raw', '0'];
/** A pool of Storage Spaces takes disks in; what is in one is used by all of it. */
const SPACES_BUS = ['spaces', '16'];

/**
 * @param json Untrusted text of the words above.
 * @returns Whole disks in the order of the system, those of Storage Spaces included (they are held by a layer). Throws on what is no JSON, never on its shape.
 * @source Microsoft's pages on Get-Disk, Get-Partition, Get-Volume.
 */
export function diskFactsOfGetDisk(json: string): DiskFacts[] {
  const answer = fieldsOf(JSON.parse(json));
  const [partitions, volumes] = [listOf(answer['partitions']).map(fieldsOf), listOf(answer['volumes']).map(fieldsOf)];
  return listOf(answer['disks']).map(fieldsOf).flatMap((disk): DiskFacts[] => {
    const number = disk['Number'];
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) return [];
    const own = partitions.filter((partition) => partition['DiskNumber'] === number);
    const busWord = String(disk['Bus'] ?? disk['BusType'] ?? '').toLowerCase();
    const bus = BUSES[busWord] ?? 'internal';
    // Of a stick both are settings that can be lifted; whether there is a switch on its side shows then. An internal disk is not written anyway.
    const isStick = bus === 'usb' || bus === 'sd';
    const [isReadOnly, isOffline] = [isYes(disk['IsReadOnly']), isYes(disk['IsOffline'])];
    return [{
      id: String.raw`\\.\PhysicalDrive` + number, name: textOf(disk['FriendlyName']), serial: textOf(disk['SerialNumber']), sizeBytes: countOf(disk['Size']), sectorBytes: countOf(disk['LogicalSectorSize']) || 512,
      bus, hotPlug: false, soldered: false, optical: false,
      readOnly: isReadOnly && !isStick, offline: isOffline && !isStick, setAside: isStick ? [...(isOffline ? ['offline'] : []), ...(isReadOnly ? ['read-only'] : [])] : [], clustered: isYes(disk['IsClustered']), system: isYes(disk['IsBoot']) || isYes(disk['IsSystem']) || isYes(disk['BootFromDisk']),
      swap: false, backups: false, mounts: [...new Set(own.flatMap(mountsOf))], layers: SPACES_BUS.includes(busWord) ? ['storage-space'] : [],
      contents: own.map((partition) => contentOf(partition, volumes)), tableId: guidOf(disk['Guid']),
    }];
  });
}

/** Letters as `E:\`, folders it is mounted in as they are; `\\?\Volume{…}\` is no place anybody sees. */
function mountsOf(partition: Fields): string[] {
  return listOf(partition['AccessPaths']).map(textOf).filter((path) => path !== null).filter((path) => !path.startsWith('\\\\?\\')).concat(letterOf(partition) ?? []);
}

function letterOf(fields: Fields): string | null {
  const letter = fields['DriveLetter'];
  // A char in PowerShell; as JSON a text, or a number from some versions on.
  const text = typeof letter === 'number' ? String.fromCharCode(letter) : textOf(letter);
  return text !== null && /^[A-Za-z]$/.test(text) ? `${text.toUpperCase()}:\\` : null;
}

function contentOf(partition: Fields, volumes: readonly Fields[]): DiskContent {
  const letter = letterOf(partition);
  const paths = listOf(partition['AccessPaths']).map(textOf);
  const volume = volumes.find((one) => (letter !== null && letterOf(one) === letter) || (textOf(one['UniqueId']) !== null && paths.includes(textOf(one['UniqueId']))));
  const type = String(volume?.['FileSystemType'] ?? '');
  return { fileSystem: type === '' || UNKNOWN_TYPES.includes(type.toLowerCase()) ? null : type.toLowerCase(), label: textOf(volume?.['FileSystemLabel']), sizeBytes: countOf(partition['Size']), partitionType: guidOf(partition['GptType']) };
}

const guidOf = (value: unknown): string | null => /^\{?([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\}?$/.exec(textOf(value) ?? '')?.[1]?.toUpperCase() ?? null;
