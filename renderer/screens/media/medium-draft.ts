// A medium in the making: what has been chosen so far, and what is still missing.
import type { Input, Output } from '../../../electron/api/contract.ts';
import type { ImageFormat, MediumMode } from '../../../electron/core/codes.ts';

export type BaseFacts = Output<'media.inspectBase'>;
export type ScopePreview = Output<'media.previewScope'>;
export type Disk = Output<'disks.list'>[number];
export type Scope = Input<'media.build'>['scope'];
export const STEPS = ['base', 'scope', 'people', 'write'] as const;
export type StepName = (typeof STEPS)[number];

export interface Draft {
  readonly base: BaseFacts | null;
  readonly scope: Scope | null;
  readonly preview: ScopePreview | null;
  /** Why hosts of waves that are not opened go onto it all the same; empty: they stay off. */
  readonly override: string;
  /** Where several are open; null: the one that is, or that of the wave. */
  readonly incidentId: number | null;
  readonly technicians: readonly string[];
  /** A day as the field for it gives it (`2024-07-22`), or empty. */
  readonly expiresOn: string;
  readonly language: 'en' | 'de';
  /** `manual`: no technicians, no passcode, no keys. */
  readonly mode: MediumMode;
  readonly keepCopies: boolean;
  /** An image file at `out`, or a USB disk. */
  readonly target: 'image' | 'disk';
  /** The disks as they were shown; several are written one after another, each a medium of its own. */
  readonly disks: readonly Disk[];
  /** The medium whose stick is taken over: its base stays. */
  readonly renewal: string | null;
  /** The order by which it gets no passcode. */
  readonly withoutPasscode: string | null;
  /** What an image file is written as. */
  readonly format: ImageFormat;
  /** Where the base has two. */
  readonly twoLoaders: boolean;
  /** Null: none. `found` is null until the desk has looked into the folder. */
  readonly drivers: { readonly path: string; readonly found: Output<'media.inspectDrivers'> | null } | null;
  readonly out: string;
  readonly overwrite: boolean;
}

/** What follows for the rest once the base is known: where it lacks what the agent needs, only a manual medium; what was said of another kind is asked anew. */
export function withBase(draft: Draft, base: BaseFacts): Partial<Draft> {
  // Drivers are for one architecture: they are looked at again.
  const drivers = draft.drivers === null ? null : { path: draft.drivers.path, found: null };
  const isManual = base.missing.length > 0;
  if (isManual === (draft.mode === 'manual')) return { base, drivers };
  return { base, drivers, mode: isManual ? 'manual' : 'repair', scope: null, preview: null, technicians: [], withoutPasscode: null, keepCopies: false };
}

/** The names in a pasted list: one a line, or parted by commas, semicolons, tabs and spaces. Each once, whatever its case. */
export function hostnamesIn(text: string): readonly string[] {
  const names = new Map<string, string>();
  for (const name of text.split(/[\s,;]+/)) if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return [...names.values()];
}

/** The end of a day on this desk as an instant: a medium is good for the whole of its last day. */
export function endOfDay(day: string): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  const end = new Date(`${day}T23:59:59`);
  return Number.isNaN(end.getTime()) ? null : end.toISOString();
}

/** The file's name at the end of a path of either sort. */
export function fileNameOf(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}

/** What the medium is written onto, by the name people know it by; null while nothing is chosen. */
export function targetName({ target, disks, out }: Pick<Draft, 'target' | 'disks' | 'out'>): string | null {
  if (target === 'disk') return disks.length === 0 ? null : disks.map(({ name, id }) => name ?? id).join(', ');
  return out.trim() === '' ? null : fileNameOf(out.trim());
}

/** The characters of a passcode in groups of three, as they are noted and typed. */
export function passcodeGroups(passcode: string): readonly string[] {
  return passcode.replace(/[\s-]/g, '').match(/.{1,3}/g) ?? [];
}

const SUFFIXES: Readonly<Record<ImageFormat, string>> = { image: '.img', vhd: '.vhd', iso: '.iso', pxe: '-pxe' };

/** What an image file or folder may be called: Windows and remote consoles tell its format by the end of its name. */
export const suggestedName = (format: ImageFormat): string => `bluelift${SUFFIXES[format]}`;

/** A disc has one loader, and over the network it is chosen by what starts the host; one has a base from before April 2024. */
export function mayHaveTwoLoaders({ base, target, format }: Pick<Draft, 'base' | 'target' | 'format'>): boolean {
  return (base?.loaders.length ?? 0) > 1 && (target === 'disk' || format === 'image' || format === 'vhd');
}
