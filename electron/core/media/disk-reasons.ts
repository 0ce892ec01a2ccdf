// Whether a disk may be written: every reason against it is a predicate with a name and a weight. Safe by exclusion: what is not known to be a stick is not one.
import type { DiskBus, DiskReasonCode, DiskSeverity } from '../codes.ts';

/** One area of a disk with something in it. */
export interface DiskContent {
  /** As the system calls it: `vfat`, `ntfs`, `ext4`, `BitLocker`. Null: nothing the system knows. */
  readonly fileSystem: string | null;
  readonly label: string | null;
  readonly sizeBytes: number;
  /** GUID of a GPT partition's type, upper case. */
  readonly partitionType: string | null;
}

/** What the system says of a whole disk. Untrusted words of a device may be in name, serial and labels. */
export interface DiskFacts {
  /** What is opened: `/dev/sdb`, `\\.\PhysicalDrive2`, `/dev/disk4`. */
  readonly id: string;
  readonly name: string | null;
  /** Null: the disk tells none. With `id` and `sizeBytes` it says which disk is meant. */
  readonly serial: string | null;
  readonly sizeBytes: number;
  readonly sectorBytes: number;
  readonly bus: DiskBus;
  /** A port that lets a disk go while running; internal disks sit on such ports too. */
  readonly hotPlug: boolean;
  readonly soldered: boolean;
  readonly optical: boolean;
  readonly readOnly: boolean;
  readonly offline: boolean;
  /** Settings of the system that keep it from being written and are lifted by whoever writes it: `offline`, `read-only`. */
  readonly setAside: readonly string[];
  readonly clustered: boolean;
  /** The system says by itself that it starts or runs from it. */
  readonly system: boolean;
  readonly swap: boolean;
  /** The system backs up onto it. */
  readonly backups: boolean;
  /** Every place where something of it is mounted, however deep below. */
  readonly mounts: readonly string[];
  /** What is built upon it and in use: `lvm`, `crypt`, `raid1`, `zfs_member`. */
  readonly layers: readonly string[];
  readonly contents: readonly DiskContent[];
  /** GUID of its GPT, upper case. */
  readonly tableId: string | null;
}

export interface DiskReason { readonly code: DiskReasonCode; readonly severity: DiskSeverity; /** Mount places, labels, layers: what the reason is about. */ readonly about: readonly string[] }

/** What the reasons are held against. */
export interface DiskSurroundings {
  /** Files and folders that must survive: the desk's own, the base, the program. Absolute. */
  readonly keep: readonly string[];
  /** All disks, for those that can not be told apart and for places that lie on another one. */
  readonly all: readonly DiskFacts[];
}

/** 128 GB as sold: sticks above it are as rare as external disks below it. */
const LARGEST_USUAL_BYTES = 130_000_000_000;
/** Nothing with a boot.wim fits on less. */
const LEAST_BYTES = 256 * 1024 * 1024;
/** FAT32 and GPT are laid out in these. */
const SECTOR_BYTES = 512;
/** Where a system runs from, the folders below included. */
const SYSTEM_PLACES = ['/boot', '/usr', '/var', '/home', '/opt', '/srv', '/nix', '/gnu', '/root', '/etc', '/sysroot', '/System', '/private'];
/** Where desktops mount what is plugged in; taken away again before writing. `X:\` is how Windows does it. */
const DESKTOP_PLACES = /^(?:\/media\/|\/run\/media\/|\/Volumes\/|[A-Z]:\\?$)/;
/** Microsoft Reserved and Windows Recovery: what Windows Setup makes on its own disk and nobody makes on a stick. */
const WINDOWS_PARTITIONS = ['E3C9E316-0B5C-4DB8-817D-F92DF00215AE', 'DE94BBA4-06D1-4D40-A16A-BFD50179D6AC'];
/** Of the partitions of a medium; the second is there where it has two loaders. */
const MEDIUM_LABELS: readonly (string | null)[] = ['BLUELIFT', 'BLUELIFT-2'];

type Predicate = (disk: DiskFacts, around: DiskSurroundings) => readonly string[] | boolean;

const isBelow = (place: string, above: string): boolean => place === above || place.startsWith(above.endsWith('/') || above.endsWith('\\') ? above : `${above}/`);
const isSystemPlace = (place: string): boolean => place === '/' || place.toUpperCase() === 'C:\\' || SYSTEM_PLACES.some((system) => isBelow(place, system));
const isSwap = (place: string): boolean => place === '[SWAP]';
const isBitLocker = ({ fileSystem }: DiskContent): boolean => fileSystem?.toLowerCase() === 'bitlocker';
const named = ({ label, fileSystem }: DiskContent): string => label ?? fileSystem ?? '';

/** The heaviest first. A new reason is a line here, a code in codes.ts, a sentence in either language, and a row in the test's table. */
const PREDICATES: Readonly<Record<DiskReasonCode, readonly [DiskSeverity, Predicate]>> = {
  // Whatever it hangs on: also a system that runs from a stick, and one below LVM, LUKS or RAID.
  'system-disk': ['never', ({ system, mounts }) => system || mounts.filter(isSystemPlace)],
  'holds-this-desk': ['never', holdsKept],
  swap: ['never', ({ swap, mounts }) => swap || mounts.some(isSwap)],
  'held-by-another-layer': ['never', ({ layers }) => layers],
  mounted: ['never', ({ mounts }) => mounts.filter((place) => !isSystemPlace(place) && !isSwap(place) && !DESKTOP_PLACES.test(place))],
  'not-a-stick': ['never', ({ bus, hotPlug, optical }) => bus === 'internal' && !hotPlug && !optical],
  // A SATA port that may be pulled makes an internal disk look removable.
  'hot-plug-port': ['never', ({ bus, hotPlug, optical }) => bus === 'internal' && hotPlug && !optical],
  'soldered-card': ['never', ({ soldered }) => soldered],
  optical: ['never', ({ optical }) => optical],
  clustered: ['never', ({ clustered }) => clustered],
  offline: ['never', ({ offline }) => offline],
  'read-only': ['never', ({ readOnly }) => readOnly],
  'no-medium': ['never', ({ sizeBytes }) => !(sizeBytes > 0)],
  'too-small': ['never', ({ sizeBytes }) => sizeBytes > 0 && sizeBytes < LEAST_BYTES],
  'sector-size': ['never', ({ sectorBytes }) => sectorBytes !== SECTOR_BYTES],
  'holds-backups': ['never', ({ backups }) => backups],
  // The disk of a dead host in a USB case looks like any stick.
  'holds-windows': ['never', ({ contents }) => contents.some(({ partitionType }) => partitionType !== null && WINDOWS_PARTITIONS.includes(partitionType))],
  'holds-files': ['caution', ({ contents }) => contents.filter((content) => content.fileSystem !== null && !isBitLocker(content) && !MEDIUM_LABELS.includes(content.label)).map(named)],
  'holds-bitlocker': ['caution', ({ contents }) => contents.some(isBitLocker)],
  'is-a-medium': ['caution', ({ contents }) => contents.some(({ label }) => MEDIUM_LABELS.includes(label))],
  'larger-than-sticks': ['caution', ({ sizeBytes }) => sizeBytes > LARGEST_USUAL_BYTES],
  'set-aside': ['caution', ({ setAside }) => setAside.length > 0],
  'no-serial': ['caution', ({ serial, bus }) => serial === null && bus !== 'virtual'],
  twin: ['caution', (disk, { all }) => disk.serial !== null && all.some((other) => other.id !== disk.id && other.serial === disk.serial && other.sizeBytes === disk.sizeBytes)],
  virtual: ['caution', ({ bus }) => bus === 'virtual'],
  'mounted-by-desktop': ['note', ({ mounts }) => mounts.filter((place) => !isSystemPlace(place) && DESKTOP_PLACES.test(place))],
};

/** Whether the disk is the one a kept file lies on: of all mounts the longest one above it. */
function holdsKept(disk: DiskFacts, { keep, all }: DiskSurroundings): readonly string[] {
  const mounts = new Set([...all, disk].flatMap((other) => other.mounts));
  return keep.filter((path) => {
    const above = [...mounts].filter((place) => isBelow(path, place)).sort((a, b) => b.length - a.length)[0];
    return above !== undefined && disk.mounts.includes(above);
  });
}

/** @returns Every reason against writing this disk, the heaviest first; empty when there is none. Never throws. */
export function reasonsAgainst(disk: DiskFacts, around: DiskSurroundings): readonly DiskReason[] {
  return Object.entries(PREDICATES).flatMap(([code, [severity, holds]]): DiskReason[] => {
    const held = holds(disk, around);
    const about = typeof held === 'boolean' ? [] : [...new Set(held)];
    return held === true || about.length > 0 ? [{ code: code as DiskReasonCode, severity, about }] : []; // keys of a record over the codes
  });
}

/** @returns Whether nothing that is said against a disk forbids it; what is a caution has to be accepted by a person. */
export const mayBeWritten = (reasons: readonly DiskReason[]): boolean => reasons.every(({ severity }) => severity !== 'never');

/** Which disk is meant: three facts together, so that a plug that moved between choosing and writing changes nothing unseen. */
export interface DiskIdentity { readonly id: string; readonly serial: string | null; readonly sizeBytes: number }

/** @returns Whether place, serial and size are all the same: one alone may be that of another disk. */
export const isSameDisk = (a: DiskIdentity, b: DiskIdentity): boolean => a.id === b.id && a.serial === b.serial && a.sizeBytes === b.sizeBytes;

/** Places that are unmounted before the disk is written. */
export const desktopMounts = ({ mounts }: DiskFacts): readonly string[] => mounts.filter((place) => !isSystemPlace(place) && DESKTOP_PLACES.test(place));
