// The agent's part of the loop: a host with locked volumes, a medium, a person who answers. Runs start.cmd as WinPE would.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentFile } from '../build-agent.ts';
import { NoEnd, mustRun, run } from './shell.ts';
import type { Answer, Conversation, Wine } from './wine.ts';
import { WindowsTools } from './windows-tools.ts';
import type { HostVolume, RunningWindows } from './windows-tools.ts';

export type Rehearsal = {
  readonly agentFiles: readonly AgentFile[];
  /** Folder with the medium's files, `bluelift` in it. */
  readonly medium: string;
  readonly volumes: readonly HostVolume[];
  readonly answers: readonly Answer[];
  readonly isReadOnly?: boolean;
  readonly timeZone?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** No WinPE but the host's own Windows in safe mode: `safe-mode.cmd` of the medium. Its system drive is C of the prefix. */
  readonly safeMode?: RunningWindows;
  /** Sees everything that is printed, as it comes. */
  readonly onPrinted?: (text: string) => void;
  /** After how long it may have no end. */
  readonly timeoutMs?: number;
};

export type Rehearsed = Conversation & {
  /** What manage-bde and the others were asked, without recovery passwords. */
  readonly calls: readonly string[];
  readonly records: ReadonlyMap<string, Uint8Array>;
  /** Files the agent left on the RAM disk: nothing secret may be in them. */
  readonly left: ReadonlyMap<string, string>;
};

/** The stick's letter on the rehearsed host. */
const STICK = 'E';

/** A host that can be rehearsed on again and again: one prefix, started once. */
export class RehearsalHost {
  readonly wine: Wine;
  readonly tools: WindowsTools;

  constructor(wine: Wine) {
    this.wine = wine;
    this.tools = new WindowsTools(wine);
  }

  async start(): Promise<void> {
    await this.tools.start();
  }

  /** One boot from the stick, until the launcher ends. Volumes are locked before and after. @throws NoEnd of a host that hangs: all that is left then is to abandon it. */
  async boot(rehearsal: Rehearsal): Promise<Rehearsed> {
    const home = join(this.wine.driveC, 'bluelift');
    const stick = join(this.wine.work, 'stick');
    await rm(home, { recursive: true, force: true });
    await mkdir(home, { recursive: true });
    await mkdir(stick, { recursive: true });
    for (const file of rehearsal.agentFiles) await writeFile(join(home, file.name), file.bytes);
    await mustRun('mount', ['--bind', rehearsal.medium, stick]);
    if (rehearsal.isReadOnly === true) await mustRun('mount', ['-o', 'remount,bind,ro', stick]);
    await this.wine.setDrive(STICK, stick);
    await this.tools.plugIn(rehearsal.volumes);
    this.tools.running = rehearsal.safeMode ?? null;
    let hangs = false;
    try {
      const spoken = await this.wine.converse(['cmd', '/c', rehearsal.safeMode === undefined ? 'C:\\bluelift\\start.cmd' : `${STICK}:\\bluelift\\safe-mode.cmd`], rehearsal.answers, {
        ...(rehearsal.onPrinted === undefined ? {} : { onPrinted: rehearsal.onPrinted }),
        env: { TZ: rehearsal.timeZone ?? 'UTC', ...rehearsal.env },
        ...(rehearsal.timeoutMs === undefined ? {} : { timeoutMs: rehearsal.timeoutMs }),
      });
      return { ...spoken, calls: [...this.tools.calls], records: await readAll(join(rehearsal.medium, 'bluelift', 'results')), left: await readTexts(home, rehearsal.agentFiles) };
    } catch (error) {
      hangs = error instanceof NoEnd;
      throw error;
    } finally {
      if (!hangs) {
        // The watcher of a host that did not restart is still waiting for the stick to go.
        await this.wine.stop();
        await this.tools.lockAll();
        await this.pullStick();
      }
    }
  }

  /** Moves the write-protect switch of the stick: out, and in again. A remount would not reach the host's namespace. */
  async replugWritable(medium: string): Promise<void> {
    const stick = join(this.wine.work, 'stick');
    await mustRun('umount', ['-l', stick]);
    await mustRun('mount', ['--bind', medium, stick]);
  }

  /** Takes the stick out, in the middle of a conversation too. */
  async pullStick(): Promise<void> {
    await this.wine.clearDrive(STICK);
    await run('umount', ['-l', join(this.wine.work, 'stick')]);
  }

  async close(): Promise<void> {
    await this.tools.stop();
    await this.wine.close();
  }

  /** Instead of close() for a host that hangs. */
  async abandon(): Promise<void> {
    this.tools.abandon();
    await this.wine.abandon();
  }
}

async function readAll(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of await readdir(folder)) files.set(name, await readFile(join(folder, name)));
  return files;
}

async function readTexts(folder: string, apart: readonly AgentFile[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const [name, bytes] of await readAll(folder)) if (!apart.some((file) => file.name === name)) texts.set(name, Buffer.from(bytes).toString('latin1'));
  return texts;
}
