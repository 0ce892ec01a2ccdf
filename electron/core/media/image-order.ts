// What goes into building a medium and what comes out: the types of media-base, build-image and read-image.

import type { Architecture, ImageFormat, MediumMode } from '../codes.ts';
import type { Area } from './areas.ts';
import type { LoaderFacts } from './loaders.ts';
import type { ManifestLoader } from './manifest.ts';

export const BASE_KINDS = ['iso', 'boot-wim', 'winre-wim'] as const;
export type BaseKind = (typeof BASE_KINDS)[number];

/** A base that was looked into and can carry the agent (or, with `manualOnly`, the manual script). */
export type MediaBase = {
  readonly path: string;
  readonly kind: BaseKind;
  readonly architecture: Architecture;
  /** 1-based image in the WIM that media boot. */
  readonly imageIndex: number;
  readonly imageCount: number;
  readonly imageName: string;
  /** For example `10.0.26100.1742`, as far as the WIM says it. */
  readonly windowsBuild: string | null;
  readonly languages: readonly string[];
  readonly sizeBytes: number;
  /** An ISO that ends before it says it does; what media need of it is there all the same. */
  readonly isCutOff: boolean;
  /** SHA-256 of what says where everything in the WIM is. Its table of contents names every file by a hash, so that no two WIMs that differ have the same. */
  readonly wimSha256: string;
  /** Script host, or another need of the agent, is missing: only the manual script can run. `missing` says what. */
  readonly manualOnly: boolean;
  readonly missing: readonly string[];
  /** One or both of Windows' boot managers. */
  readonly loaders: readonly LoaderFacts[];
};

/** What a person decides about a medium; the rest of `medium.txt` follows from base and payload. */
export type MediumOrder = {
  readonly mediaId: string;
  /** UTC to the second, as `formatInstant` writes it: also the date of every file on the medium. */
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly language: 'en' | 'de';
  readonly mode: MediumMode;
  /** Whether the agent leaves a copy of each file it removes with the results. */
  readonly keepsCopies?: boolean;
  /** Recipe ID and version, for people and records: `channel-file-291 1`. */
  readonly recipe: string;
};

/** What is only known when nothing refuses the order any more. */
export type MediumName = {
  readonly mediaId: string;
  /** Head of the audit chain with the line that this medium was begun, for the manifest. */
  readonly auditHead: string | null;
};

export type NamedBytes = { readonly name: string; readonly bytes: Uint8Array };
/** `path` relative to its folder on the medium, with `/`. */
export type MediumFile = { readonly path: string; readonly bytes: Uint8Array };

export type ImageOrder = {
  readonly base: string;
  readonly out: string;
  readonly overwrite?: boolean;
  /** Onto a disk: what is built only waits for it, and is written and read back once more at the end. */
  readonly ontoDisk?: boolean;
  /** Left out: a raw image. */
  readonly format?: ImageFormat | undefined;
  readonly medium: Omit<MediumOrder, 'mediaId'>;
  /** Called once base and drivers are ready, before the bundle is taken. */
  readonly nameMedium: () => MediumName;
  /** `start.cmd`, `agent.js`, `probe.js`, `manual.cmd`: they go into the WIM. */
  readonly agentFiles: readonly NamedBytes[];
  /** Text of `recipe.txt`, ASCII. */
  readonly recipeText: string;
  readonly readme: Uint8Array;
  /** `safe-mode.cmd`, on media whose mode is `safe-boot` and only there: with the agent files it runs in the host's own Windows. */
  readonly safeModeScript?: Uint8Array | undefined;
  /** Files of the sealed key bundle, relative to `\bluelift\bundle\`. A medium in mode `manual` carries none. */
  readonly bundleFiles: Iterable<MediumFile> | AsyncIterable<MediumFile>;
  /** A folder of the desk with drivers (drivers.ts). */
  readonly drivers?: string | undefined;
  /** Two partitions, each with a loader of its own; not for discs. The base must have both. */
  readonly twoLoaders?: boolean | undefined;
  /** Size of the image; without it as small as fits, with room for attempt records. */
  readonly sizeBytes?: number;
};

/** `prepare` and `verify` are steps of a disk: an image is read back while it is written. */
const BUILD_STEPS = ['read-base', 'add-agent', 'seal', 'prepare', 'write', 'verify'] as const;
export type BuildStep = (typeof BUILD_STEPS)[number];
export type BuildProgress = { readonly step: BuildStep; readonly doneBytes: number; readonly totalBytes: number };

export type BuildOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: BuildProgress) => void) | undefined;
  /** Called when the image is whole and read back and has no name yet: the moment to put it on record. What it throws ends the build, and no image is there. */
  readonly beforeNaming?: ((built: RecordedImage) => Promise<void>) | undefined;
};

export type BuiltImage = {
  readonly path: string;
  readonly sizeBytes: number;
  /** What was really written and read back. */
  readonly usedBytes: number;
  readonly base: MediaBase;
  readonly architecture: Architecture;
  /** First 16 hex digits of the payload hash in four groups, as the agent shows it: `7C1E 90B4 D2F8 53A6`. */
  readonly payload: string;
  readonly manifestSha256: string;
  readonly files: number;
  /** Where the sealed bundle lies, in bytes from the start. */
  readonly sealAt: readonly Area[];
  /** What starts it, by partition. */
  readonly loaders: readonly ManifestLoader[];
};

/** What the register keeps of an image, however it was made. */
export type RecordedImage = Pick<BuiltImage, 'payload' | 'manifestSha256' | 'sizeBytes' | 'sealAt' | 'architecture' | 'loaders'>;
