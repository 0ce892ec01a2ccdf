// Builds a medium at the desk: who gets it, what is on it, sealed and written, and on record before it can be used.
//
// What a power cut leaves, step by step: before the record, a file beside the final name whose passcodes died with the process, and an audit line
// that a build was begun; after the record and before the name, a medium in the register whose image never appeared; after the name, the whole
// medium. In no case a medium somebody can open that is not in the register, and the passcodes are handed out after all of it.
import { AppError } from '../app-error.ts';
import { appendAudit, auditHead } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { readForMedium } from '../disclosure/read-for-medium.ts';
import { formatRecipe } from '../recipes/recipe.ts';
import { toInstant } from '../ports.ts';
import { buildImage } from './build-image.ts';
import { formatInstant } from './field-values.ts';
import type { BuildOptions, BuildProgress, MediumFile, NamedBytes, RecordedImage } from './image-order.ts';
import type { MediaPorts } from './media-ports.ts';
import { getMedium, orderMedium, recordFailedMedium, recordMedium, type Medium } from './media-register.ts';
import { formatOpenPasscode, OPEN_PASSCODE_FILE } from './open-passcode.ts';
import { formatPasscode, makePasscode, type Passcode } from './passcode.ts';
import { checkOrder, type CheckedOrder, type MediumToBuild } from './medium-order.ts';
import { renewImage } from './renew-medium.ts';
import { resolveScope, type LeftOutHost, type ResolvedScope, type Scope } from './scope.ts';
import { buildSealedKeyBundle, type BundleEntry, type SealedKeyBundle } from './sealed-key-bundle.ts';
import { withProgress } from './with-progress.ts';

export interface BuildMediumLoan {
  readonly media: MediaPorts;
  /** start.cmd, agent.js, probe.js, manual.cmd, and for the stick README.txt and safe-mode.cmd. */
  readonly agentFiles: () => Promise<readonly NamedBytes[]>;
  /** Lets everything else have its turn. */
  readonly breathe: () => Promise<void>;
}

export interface BuiltMedium {
  readonly medium: Medium; readonly out: string; readonly manifestSha256: string; readonly leftOut: readonly LeftOutHost[];
  /** Secret, and shown this once: they are stored nowhere. */
  readonly passcodes: readonly { readonly technician: string; readonly passcode: string }[];
}

/** A line of the bundle has 100 bytes: what sealing is measured in. */
const BYTES_PER_ENTRY = 100;
const README = 'README.txt';
const SAFE_MODE_SCRIPT = 'safe-mode.cmd';

/**
 * Builds a medium as an image file.
 *
 * @param order Checked here; paths are absolute. `out` gets its image when everything is done, or nothing.
 * @returns Yields progress, returns the medium with its passcodes. AppError as `checkOrder`, `invalid-input` (`out` is the base), `cannot-read-recovery-passwords`, `cancelled`, and what
 *          `buildImage` says of base and image. Rows: those of `orderMedium` and `recordMedium`; on failure after the medium has its number an audit line, and nothing at `out`.
 */
export async function* buildMedium(desk: Desk, order: MediumToBuild, lent: BuildMediumLoan, signal: AbortSignal): AsyncGenerator<BuildProgress, BuiltMedium> {
  const checked = await checkOrder(desk, { ...order, overridden: order.override !== undefined }, lent.breathe);
  if (order.renewal === undefined) await refuseBaseAsTarget(order, lent.media);
  if (order.override !== undefined) await recordOverride(desk, order.scope, order.override, lent.breathe);
  const stop = new AbortController();
  const build = new MediumBuild(desk, order, lent, checked, AbortSignal.any([signal, stop.signal]));
  return yield* withProgress((tell) => build.run(tell), () => stop.abort());
}

/** One audit line before anything is built: how many hosts pass that their wave would keep off. */
async function recordOverride(desk: Desk, scope: Scope, why: string, breathe: () => Promise<void>): Promise<void> {
  const { label, leftOut } = await resolveScope(desk.db, scope, breathe);
  const hosts = leftOut.filter(({ reason }) => reason === 'wave-not-opened').map(({ hostname }) => hostname);
  if (hosts.length === 0) return;
  desk.db.transaction(() => appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'waves.override', subject: label, details: { why, hosts: hosts.length, first: hosts.slice(0, 20).join(' ') } })).immediate();
  desk.changed('audit');
}

async function refuseBaseAsTarget({ base, out }: MediumToBuild, { cache }: MediaPorts): Promise<void> {
  const target = await cache.identify(out).catch(() => null); // usually not there yet
  if (target !== null && target === await cache.identify(base)) throw new AppError('invalid-input', { field: 'out' });
}

/** One build: what it knows by and by. */
class MediumBuild {
  readonly #desk: Desk;
  readonly #order: MediumToBuild;
  readonly #lent: BuildMediumLoan;
  readonly #scope: ResolvedScope;
  readonly #for: Pick<CheckedOrder, 'incidentId' | 'recipe'>;
  readonly #signal: AbortSignal;
  readonly #slots: readonly { readonly technician: string; readonly passcode: Passcode }[];
  readonly #expiresAt: string | null;
  readonly #createdAt: string;
  /** Of the bundle all that is kept: its files are the image's. */
  #recordKeys: SealedKeyBundle['slots'] = [];
  #isRecorded = false;
  #mediaId: string | null = null;

  constructor(desk: Desk, order: MediumToBuild, lent: BuildMediumLoan, { technicians, scope, ...purpose }: CheckedOrder, signal: AbortSignal) {
    this.#desk = desk;
    this.#order = order;
    this.#lent = lent;
    this.#scope = scope;
    this.#for = purpose;
    this.#signal = signal;
    // One slot without a name: what is signed under it proves nothing about anybody.
    this.#slots = (order.withoutPasscode === undefined ? technicians : ['']).map((technician) => ({ technician, passcode: makePasscode(desk.random) }));
    this.#expiresAt = order.expiresAt === undefined ? null : formatInstant(Date.parse(order.expiresAt));
    this.#createdAt = formatInstant(desk.clock()) ?? toInstant(desk.clock());
  }

  async run(tell: (progress: BuildProgress) => void): Promise<BuiltMedium> {
    const desk = this.#desk;
    const agent = await this.#lent.agentFiles();
    const [readme, safeMode] = [README, SAFE_MODE_SCRIPT].map((wanted) => agent.find(({ name }) => name === wanted));
    if (readme === undefined) throw new Error(`the agent has no ${README}`);
    try {
      const { renewal, out, disk } = this.#order;
      const parts = {
        medium: { createdAt: this.#createdAt, expiresAt: this.#expiresAt, language: this.#order.language, mode: this.#order.mode ?? 'repair', keepsCopies: this.#order.keepCopies === true, recipe: `${this.#for.recipe.id} ${this.#for.recipe.version}` },
        agentFiles: agent.filter((file) => file !== readme && file !== safeMode), recipeText: formatRecipe(this.#for.recipe), readme: readme.bytes, nameMedium: () => ({ mediaId: this.#nameMedium(), auditHead: auditHead(desk.db) }), bundleFiles: this.#sealedFiles(tell),
      } as const;
      const options: BuildOptions = {
        signal: this.#signal,
        onProgress: (progress) => {
          desk.changed(); // somebody is at work: the vault stays open
          tell(progress);
        },
        beforeNaming: (image) => this.#record(image),
      };
      const built = renewal !== undefined ? await renewImage({ ...parts, renewal, out }, this.#lent.media, options) : await buildImage({
        ...parts, base: this.#order.base, out, overwrite: this.#order.overwrite, format: this.#order.format, twoLoaders: this.#order.twoLoaders, drivers: this.#order.drivers, safeModeScript: safeMode?.bytes, ...(disk === undefined ? {} : { ontoDisk: true, sizeBytes: disk.sizeBytes }),
      }, this.#lent.media, options);
      return {
        medium: getMedium(desk.db, this.#nameMedium()), out: this.#order.out, manifestSha256: built.manifestSha256, leftOut: this.#scope.leftOut,
        passcodes: this.#order.withoutPasscode !== undefined ? [] : this.#slots.map(({ technician, passcode }) => ({ technician, passcode: formatPasscode(passcode) })),
      };
    } catch (error) {
      if (desk.db.open && this.#mediaId !== null) recordFailedMedium(desk, this.#mediaId, error instanceof AppError ? error.code : 'internal', this.#isRecorded); // closed: the line that it began remains
      throw error;
    } finally {
      for (const { recordKey } of this.#recordKeys) recordKey.fill(0);
    }
  }

  /** Asked for when nothing of base, drivers and order can refuse it any more: a number is given once, and every gap in the register is a question. */
  #nameMedium(): string {
    return this.#mediaId ??= orderMedium(this.#desk, {
      scope: this.#scope.label, hosts: this.#scope.hosts, keyRecords: this.#scope.keyRecordIds.length, technicians: this.#slots.map(({ technician }) => technician).join(', '), image: this.#imageName(),
    });
  }

  /** Sealed when the image asks for it: base and agent are ready then, and a base that is refused has cost no disclosure. */
  async *#sealedFiles(tell: (progress: BuildProgress) => void): AsyncGenerator<MediumFile> {
    if (this.#order.mode === 'manual') return;
    const desk = this.#desk;
    const bundle = await buildSealedKeyBundle({
      mediaId: this.#nameMedium(), scope: this.#scope.label, expiresAt: this.#expiresAt, passcodes: this.#slots.map(({ passcode }) => passcode), entries: this.#entries(tell),
    }, { randomBytes: desk.random, breathe: () => this.#breathe() });
    this.#recordKeys = bundle.slots;
    yield* bundle.files;
    const [open] = this.#slots;
    if (this.#order.withoutPasscode !== undefined && open !== undefined) yield { path: OPEN_PASSCODE_FILE, bytes: Buffer.from(formatOpenPasscode(open.passcode), 'latin1') };
  }

  *#entries(tell: (progress: BuildProgress) => void): Generator<BundleEntry> {
    const totalBytes = this.#scope.keyRecordIds.length * BYTES_PER_ENTRY;
    let read = 0;
    for (const { keyProtectorId, password16 } of readForMedium(this.#desk, this.#scope.keyRecordIds)) {
      yield { keyProtectorId, recoveryPasswordBytes: password16 };
      password16.fill(0);
      read += 1;
      if (read % 1000 === 0) tell({ step: 'seal', doneBytes: read * BYTES_PER_ENTRY, totalBytes });
    }
  }

  async #record(image: RecordedImage): Promise<void> {
    this.#isRecorded = true;
    const { disk, renewal } = this.#order;
    await recordMedium(this.#desk, {
      mediaId: this.#nameMedium(), builtAt: toInstant(this.#desk.clock()), expiresAt: this.#expiresAt, scope: this.#scope.label, language: this.#order.language, mode: this.#order.mode ?? 'repair', incidentId: this.#for.incidentId, recipeId: this.#for.recipe.id, recipeVersion: this.#for.recipe.version,
      architecture: image.architecture, payload: image.payload, manifestSha256: image.manifestSha256, imageName: this.#imageName(), imageSizeBytes: image.sizeBytes, loaders: image.loaders,
      hosts: this.#scope.hosts, keyRecordIds: this.#scope.keyRecordIds, leftOut: this.#scope.leftOut,
      ...(disk === undefined ? {} : { disk: { name: disk.name, serial: disk.serial, sizeBytes: disk.sizeBytes, sealAt: image.sealAt } }), renewalOf: renewal?.medium.mediaId, withoutPasscode: this.#order.withoutPasscode,
      slots: this.#recordKeys.map(({ slot, recordKey }) => ({ slot, technician: this.#slots[slot - 1]?.technician ?? '', recordKey })),
    }, () => this.#breathe());
  }

  #imageName(): string { return this.#order.disk?.label ?? fileName(this.#order.out); }

  async #breathe(): Promise<void> {
    await this.#lent.breathe();
    if (this.#signal.aborted) throw new AppError('cancelled');
  }
}

const fileName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;
