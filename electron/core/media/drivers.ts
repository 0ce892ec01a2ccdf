// Drivers for hosts whose disks or keyboards Windows PE does not know: a folder of the desk, put on the medium in the order they are to be loaded.

import { AppError } from '../app-error.ts';
import type { Architecture, DriverLeftOut } from '../codes.ts';
import { MOST_INF_BYTES, parseInf, type InfArchitecture } from '../../formats/inf/inf.ts';
import type { BaseFile } from './boot-wim.ts';
import { wholeFile } from './file-parts.ts';
import { hashFile, throwIfCancelled } from './hash-file.ts';
import type { MediaFiles } from './media-ports.ts';
import { DRIVERS_FOLDER } from './medium-paths.ts';

/** One folder with an INF in it. `folder` is its name on the medium, `source` where it comes from, below the folder that was named. */
export interface Driver {
  readonly folder: string; readonly source: string; readonly infs: string[]; readonly className: string; readonly version: string; readonly files: number; readonly sizeBytes: number;
}
export interface LeftOutDriver { readonly source: string; readonly reason: DriverLeftOut; /** The processors it is for. */ readonly architectures: InfArchitecture[] }
export interface Drivers { readonly drivers: Driver[]; readonly leftOut: LeftOutDriver[]; readonly sizeBytes: number }

interface FoundFile { readonly path: string; readonly inside: string; readonly sizeBytes: number }
interface FoundFolder { readonly source: string; readonly files: FoundFile[] }
type Placed = Driver & { readonly found: readonly FoundFile[] };

const MOST_FILES = 20_000;
const MOST_DEPTH = 16;
/** Without a keyboard nobody answers a prompt, and behind a bus nobody knows hangs neither keyboard nor disk. */
const RANKS: readonly (readonly string[])[] = [['hidclass', 'keyboard', 'mouse'], ['system', 'usb', 'usbdevice'], ['scsiadapter', 'hdc', 'diskdrive', 'volume']];

/**
 * Looks through a folder of drivers. Every folder in it that holds an INF is a driver, with all below that is not another one's.
 *
 * @param path Of the folder at the desk. Names in it that begin with a number are loaded in the order of these numbers (Intel RST has to come before VMD, for example);
 *             otherwise keyboards come first, then buses, then storage, then the rest, each by name.
 * @returns What goes onto a medium for that architecture, in the order it is loaded, and what does not.
 * @throws AppError `file-not-found`, `invalid-input` (`field`: drivers; `reason`: not-a-folder, too-many-files), `no-drivers` when nothing is left.
 */
export async function findDrivers(path: string, architecture: Architecture, files: MediaFiles): Promise<Drivers> {
  const { placed, leftOut } = await place(path, architecture, files);
  return { drivers: placed.map(({ found: _found, ...driver }) => driver), leftOut, sizeBytes: placed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}

/** @returns The same drivers as files for the medium, each hashed. AppError as `findDrivers`, `cancelled`. */
export async function takeDrivers(path: string, architecture: Architecture, files: MediaFiles, signal?: AbortSignal): Promise<readonly BaseFile[]> {
  const taken: BaseFile[] = [];
  for (const driver of (await place(path, architecture, files)).placed) {
    for (const file of driver.found) {
      throwIfCancelled(signal);
      const { sizeBytes, sha256 } = await hashFile(files, file.path, signal);
      taken.push({ set: 'drivers', onMedium: `${DRIVERS_FOLDER}/${driver.folder}/${file.inside}`, parts: wholeFile(file.path, sizeBytes), sizeBytes, hash: { sha256 } });
    }
  }
  return taken;
}

async function place(path: string, architecture: Architecture, files: MediaFiles): Promise<{ readonly placed: readonly Placed[]; readonly leftOut: LeftOutDriver[] }> {
  if (!await files.isFolder(path)) throw new AppError('invalid-input', { field: 'drivers', path, reason: 'not-a-folder' });
  const folders = await findFolders(path, files);
  const leftOut: LeftOutDriver[] = [];
  const good: (FoundFolder & Pick<Driver, 'infs' | 'className' | 'version'>)[] = [];
  for (const folder of folders) {
    const infs = folder.files.filter(({ inside }) => isInf(inside) && !inside.includes('/'));
    const read = await Promise.all(infs.map(async (file) => ({ name: file.inside, inf: parseInf(await readAll(file, files)) })));
    const usable = read.flatMap(({ name, inf }) => (inf !== null && (inf.architectures.length === 0 || inf.architectures.includes(architecture)) ? [{ name, inf }] : []));
    const architectures = [...new Set(read.flatMap(({ inf }) => inf?.architectures ?? []))];
    const first = usable[0];
    if (first === undefined) leftOut.push({ source: folder.source, reason: architectures.length === 0 ? 'not-a-driver' : 'other-architecture', architectures });
    else good.push({ ...folder, infs: usable.map(({ name }) => name), className: first.inf.className, version: first.inf.version });
  }
  if (good.length === 0) throw new AppError('no-drivers', { path, architecture, leftOut: leftOut.map(({ source }) => source) });
  const isNumbered = good.every(({ source }) => numberOf(source) !== null);
  const rank = ({ source, className }: (typeof good)[number]): number => (isNumbered ? numberOf(source) ?? 0 : rankOf(className));
  good.sort((a, b) => rank(a) - rank(b) || (a.source.toLowerCase() < b.source.toLowerCase() ? -1 : 1));
  const width = Math.max(String(good.length).length, 2);
  return {
    leftOut,
    placed: good.map(({ source, files: found, infs, className, version }, i) => {
      const kept = found.filter(({ inside }) => !isInf(inside) || inside.includes('/') || infs.includes(inside));
      return { folder: `${String(i + 1).padStart(width, '0')}-${nameOnMedium(source)}`, source, infs, className, version, files: kept.length, sizeBytes: kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0), found: kept };
    }),
  };
}

/** Folders with an INF directly inside, by path; each with all files below it that belong to no other. */
async function findFolders(root: string, files: MediaFiles): Promise<readonly FoundFolder[]> {
  const found: FoundFolder[] = [];
  let count = 0;
  const walk = async (path: string, source: string, above: FoundFolder | null, inside: string, depth: number): Promise<void> => {
    if (depth > MOST_DEPTH) return;
    const entries = [...await files.listFolder(path)].sort((a, b) => (a.name < b.name ? -1 : 1));
    count += entries.length;
    if (count > MOST_FILES) throw new AppError('invalid-input', { field: 'drivers', path: root, reason: 'too-many-files' });
    const isOwn = entries.some(({ name, isFolder }) => !isFolder && isInf(name));
    const owner: FoundFolder | null = isOwn ? { source: source === '' ? baseName(root) : source, files: [] } : above;
    const below = isOwn ? '' : inside;
    if (isOwn && owner !== null) found.push(owner);
    for (const { name, isFolder, sizeBytes } of entries) {
      if (isFolder) await walk(files.join(path, name), source === '' ? name : `${source}/${name}`, owner, `${below}${name}/`, depth + 1);
      else owner?.files.push({ path: files.join(path, name), inside: below + name, sizeBytes });
    }
  };
  await walk(root, '', null, '', 1);
  return found;
}

async function readAll({ path }: FoundFile, files: MediaFiles): Promise<Uint8Array> {
  const file = await files.open(path);
  return file.read(0, Math.min(file.sizeBytes, MOST_INF_BYTES + 1)).finally(() => file.close());
}

function rankOf(className: string): number {
  const at = RANKS.findIndex((names) => names.includes(className.toLowerCase()));
  return at < 0 ? RANKS.length : at;
}

/** The number the topmost folder's name begins with. */
function numberOf(source: string): number | null {
  const digits = /^(\d{1,6})(?=\D|$)/.exec(source)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** ASCII, and nothing the launcher's command language would stumble over; a number of its own goes, it has got a new one. */
function nameOnMedium(source: string): string {
  const plain = source.replace(/^\d{1,6}[-_. ]*/, '').replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return plain.slice(-48).replace(/^[-.]+/, '') || 'driver';
}

const isInf = (name: string): boolean => name.toLowerCase().endsWith('.inf');
const baseName = (path: string): string => path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
