// What the rehearsal's tests share: one host under Wine, two locked volumes to copy from, a medium for each scenario.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { classifyAttempt, parseAttemptRecord } from '../../electron/core/media/attempt-record-reader.ts';
import type { AttemptRecord } from '../../electron/core/media/attempt-record.ts';
import { buildAgent } from '../../scripts/dev/build-agent.ts';
import type { AgentFile } from '../../scripts/dev/build-agent.ts';
import { FAULTY_FILE, OTHER_FILE, copyVolume, fillWithWindows, putChannelFiles, withOpened } from '../../scripts/dev/rehearsal/locked-volume.ts';
import type { ChannelFile, LockedVolume, Protector } from '../../scripts/dev/rehearsal/locked-volume.ts';
import { makeLockedVolume } from '../../scripts/dev/rehearsal/make-locked-volume.ts';
import { layMedium } from '../../scripts/dev/rehearsal/medium-folder.ts';
import type { LaidMedium, MediumOptions } from '../../scripts/dev/rehearsal/medium-folder.ts';
import { RehearsalHost } from '../../scripts/dev/rehearsal/rehearse-agent.ts';
import type { Rehearsed, Rehearsal } from '../../scripts/dev/rehearsal/rehearse-agent.ts';
import { NoEnd } from '../../scripts/dev/rehearsal/shell.ts';
import { Wine } from '../../scripts/dev/rehearsal/wine.ts';

/** A host and its locked volumes, with one recovery password and with two. */
type Parts = { readonly host: RehearsalHost; readonly one: LockedVolume; readonly two: LockedVolume };

export class Bench {
  readonly agentFiles: readonly AgentFile[];
  #parts: Parts;
  #count = 0;

  private constructor(agentFiles: readonly AgentFile[], parts: Parts) {
    this.agentFiles = agentFiles;
    this.#parts = parts;
  }

  static async start(): Promise<Bench> {
    return new Bench(await buildAgent(), await makeParts());
  }

  get host(): RehearsalHost {
    return this.#parts.host;
  }

  /** A fresh copy of the volume with one or two recovery passwords, with these files where the recipe looks. */
  async volume(protectors: 1 | 2, files?: readonly ChannelFile[], more?: (root: string) => Promise<void>): Promise<LockedVolume> {
    const copy = await copyVolume(protectors === 1 ? this.#parts.one : this.#parts.two, join(this.host.wine.work, `volume-${++this.#count}.img`));
    if (files !== undefined || more !== undefined) {
      await withOpened(copy, async (root) => {
        if (files !== undefined) await putChannelFiles(root, files);
        if (more !== undefined) await more(root);
      });
    }
    return copy;
  }

  /** One whose passcode opens it at once: that costs about a second a turn otherwise, in every scenario. */
  medium(protectors: readonly Protector[], options?: MediumOptions): Promise<LaidMedium> {
    return layMedium(join(this.host.wine.work, `medium-${++this.#count}`), protectors, { agentFiles: this.agentFiles, iterations: 10, ...options });
  }

  /** @throws NoEnd of a host that hangs; the next boot is one of a new host then, and the next volumes and media are its own. */
  async boot(medium: LaidMedium, volumes: readonly LockedVolume[], answers: Rehearsal['answers'], more: Partial<Rehearsal> = {}): Promise<Rehearsed> {
    const letters = ['D', 'F', 'G'];
    try {
      return await this.host.boot({
        agentFiles: this.agentFiles, medium: medium.folder, answers,
        volumes: volumes.map((volume, index) => ({ letter: letters[index] ?? null, image: volume.image })), ...more,
      });
    } catch (error) {
      if (error instanceof NoEnd) await this.#replaceHost();
      throw error;
    }
  }

  async #replaceHost(): Promise<void> {
    await this.host.abandon();
    this.#parts = await makeParts();
  }

  close(): Promise<void> {
    return this.host.close();
  }
}

async function makeParts(): Promise<Parts> {
  const wine = await Wine.start();
  const host = new RehearsalHost(wine);
  await host.start();
  const one = await makeLockedVolume(join(wine.work, 'one.img'), 1);
  const two = await makeLockedVolume(join(wine.work, 'two.img'), 2);
  for (const volume of [one, two]) await fillWithWindows(volume, [FAULTY_FILE, OTHER_FILE]);
  return { host, one, two };
}

export type SeenRecord = { readonly record: AttemptRecord; readonly proof: string };

/** @returns The finished records of a boot, as the desk reads them. */
export function recordsOf(rehearsed: Rehearsed, medium: LaidMedium): SeenRecord[] {
  return [...rehearsed.records].filter(([name]) => name.endsWith('.txt')).map(([name, bytes]) => {
    const parsed = parseAttemptRecord(bytes);
    if (parsed.status !== 'ok') throw new Error(`${name} is refused: ${parsed.reason}`);
    return { record: parsed.record, proof: classifyAttempt(parsed, medium.recordKeys) };
  });
}

export function onlyRecord(rehearsed: Rehearsed, medium: LaidMedium): SeenRecord {
  const [record, ...others] = recordsOf(rehearsed, medium);
  if (record === undefined || others.length > 0) throw new Error(`${others.length + (record === undefined ? 0 : 1)} records instead of one`);
  return record;
}

/** A recovery password that can be, and is nobody's. */
export function makeRecoveryPassword(): string {
  return Array.from({ length: 8 }, () => `${randomBytes(2).readUInt16LE() * 11}`.padStart(6, '0')).join('-');
}

/** @returns Where a recovery password or passcode of the scenario was left behind, in the records or on the RAM disk. */
export function findSecrets(rehearsed: Rehearsed, secrets: readonly string[]): string[] {
  const texts = [...rehearsed.left, ...[...rehearsed.records].map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')] as const), ['console', [...rehearsed.screens, rehearsed.last].join('\n')] as const, ['calls', rehearsed.calls.join('\n')] as const];
  const plain = secrets.flatMap((secret) => [secret, secret.replaceAll('-', '')]);
  return texts.filter(([, text]) => plain.some((secret) => text.includes(secret))).map(([name]) => name);
}

