// A PC with USB ports: a guest of QEMU with Debian's kernel, in which our own program runs off this checkout, and into which sticks are plugged and pulled.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createApi, type Api } from '../../electron/api/client.ts';
import { callThrough, type Port } from '../../electron/api/port.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Where kernel and initramfs are kept between runs. */
const PARTS = process.env['BLUELIFT_STICK_GUEST'] ?? '/var/tmp/bluelift-stick-guest';
/** Without KVM on a busy machine a start takes long; it is 15 s on an idle one. */
const START_MS = 240_000;
const LOOK_EVERY_MS = 100;

export interface Stick { readonly name: string; readonly serial: string; readonly file: string; readonly sizeBytes: number }
export interface Guest extends AsyncDisposable {
  /** The desk that runs in the guest. Paths below `/bluelift` are this checkout, read-only; `/desk` may be written. */
  readonly api: Api;
  /** A program of the guest. @returns What it printed. Throws when it did not end with 0. */
  run(...words: readonly string[]): Promise<string>;
  /** Makes a stick that is in no port. `writeBytesPerSecond`: as slow as a real one. */
  makeStick(stick: { readonly name: string; readonly serial: string; readonly sizeBytes: number; readonly writeBytesPerSecond?: number }): Promise<Stick>;
  plugIn(stick: Stick): Promise<void>;
  pullOut(stick: Stick): Promise<void>;
  /** What its kernel and first process have said so far. */
  said(): string;
}

export async function startGuest(): Promise<Guest> {
  execFileSync('bash', [join(ROOT, 'test/sticks/guest-parts.sh'), 'setup', PARTS, ROOT], { stdio: ['ignore', 'ignore', 'inherit'] });
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-guest-'));
  const [console, linePath, monitor] = [join(folder, 'console.log'), join(folder, 'line'), join(folder, 'monitor')];
  // TCG: KVM is not to be had everywhere, and this is no matter of speed.
  const machine = spawn('qemu-system-x86_64', [
    '--accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '2048', '-machine', 'q35', '-display', 'none', '-net', 'none', '-no-reboot',
    '-kernel', join(PARTS, 'vmlinuz'), '-initrd', join(PARTS, 'initramfs'), '-append', 'console=ttyS0 panic=-1 quiet',
    '-serial', `file:${console}`, '-serial', `unix:${linePath},server=on,wait=off`, '-qmp', `unix:${monitor},server=on,wait=off`,
    '-virtfs', `local,path=${ROOT},mount_tag=bluelift,security_model=none,readonly=on`, '-device', 'virtio-rng-pci', '-device', 'qemu-xhci,id=ports',
  ], { stdio: ['ignore', 'ignore', 'inherit'] });
  const said = (): string => (existsSync(console) ? readFileSync(console, 'latin1') : '');
  const end = async (): Promise<void> => {
    if (machine.exitCode === null && machine.signalCode === null) {
      const ended = new Promise((resolve) => { machine.once('exit', resolve); });
      machine.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const port = await connected(monitor, machine);
    const line = await openLine(linePath, machine, said);
    const monitorOf = await openMonitor(port);
    return {
      said, [Symbol.asyncDispose]: end,
      api: createApi(callThrough(line.port)),
      async run(...words) {
        const { code, text } = await line.run(words);
        if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${text}`);
        return text;
      },
      async makeStick({ name, serial, sizeBytes, writeBytesPerSecond }) {
        const file = join(folder, `${name}.img`);
        closeSync(openSync(file, 'wx'));
        truncateSync(file, sizeBytes);
        const limits = writeBytesPerSecond === undefined ? {} : { 'bps-write': writeBytesPerSecond };
        await monitorOf('object-add', { 'qom-type': 'throttle-group', id: `${name}-speed`, limits });
        await monitorOf('blockdev-add', { driver: 'raw', 'node-name': name, file: { driver: 'throttle', 'throttle-group': `${name}-speed`, file: { driver: 'file', filename: file } } });
        return { name, serial, file, sizeBytes };
      },
      plugIn: ({ name, serial }) => monitorOf('device_add', { driver: 'usb-storage', id: `in-${name}`, bus: 'ports.0', drive: name, serial, removable: true }),
      pullOut: ({ name }) => monitorOf('device_del', { id: `in-${name}` }),
    };
  } catch (error) {
    await end();
    throw error;
  }
}

const soon = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, LOOK_EVERY_MS); });

async function connected(path: string, machine: ChildProcess): Promise<Socket> {
  for (;;) {
    if (machine.exitCode !== null) throw new Error(`QEMU ended with ${machine.exitCode}`);
    const socket = await new Promise<Socket | null>((resolve) => {
      const trying = createConnection(path, () => resolve(trying));
      trying.once('error', () => resolve(null));
    });
    if (socket !== null) return socket.removeAllListeners('error').on('error', () => undefined);
    await soon();
  }
}

/** QEMU's own protocol: a greeting, then one answer a command; events lie between. */
async function openMonitor(socket: Socket): Promise<(execute: string, words: object) => Promise<void>> {
  const waiting: ((answer: { error?: { desc: string } }) => void)[] = [];
  createInterface({ input: socket }).on('line', (text) => {
    const word = JSON.parse(text) as { return?: unknown; error?: { desc: string } };
    if ('return' in word || 'error' in word) waiting.shift()?.(word);
  });
  const ask = (execute: string, words: object): Promise<void> => new Promise((resolve, reject) => {
    waiting.push(({ error }) => (error === undefined ? resolve() : reject(new Error(`${execute}: ${error.desc}`))));
    socket.write(`${JSON.stringify({ execute, arguments: words })}\n`);
  });
  await ask('qmp_capabilities', {});
  return ask;
}

interface Ran { readonly code: number | null; readonly text: string }
interface Line { readonly port: Port; readonly run: (words: readonly string[]) => Promise<Ran> }

/** The line to the guest: what its worker says and is told, and programs beside it. */
async function openLine(path: string, machine: ChildProcess, said: () => string): Promise<Line> {
  const socket = await connected(path, machine);
  const running: ((ran: Ran) => void)[] = [];
  const listeners: ((message: unknown) => void)[] = [];
  const worker: { says: 'ready' | 'failed' | null } = { says: null };
  createInterface({ input: socket }).on('line', (text) => {
    const word = JSON.parse(text) as { says?: 'ready' | 'failed'; ran?: number } & Ran; // of test/sticks/inside.mjs
    if (word.says !== undefined) worker.says = word.says;
    else if (word.ran !== undefined) running[word.ran]?.(word);
    else for (const listener of listeners) listener(word);
  });
  for (const before = Date.now(); worker.says !== 'ready'; await soon()) {
    if (worker.says === 'failed' || machine.exitCode !== null || Date.now() - before > START_MS) throw new Error(`the guest did not start:\n${said()}`);
  }
  return {
    port: { post: (message) => void socket.write(`${JSON.stringify(message)}\n`), listen: (listener) => void listeners.push(listener) },
    run: (words) => new Promise((resolve) => { socket.write(`${JSON.stringify({ run: running.push(resolve) - 1, words })}\n`); }),
  };
}
