// The stand-in's hands on a boot store: hivexsh of libhivex, which knows nothing of this project, opens and changes the hive.
import { spawn } from 'node:child_process';
import { SAFE_BOOT_ELEMENT } from './constructed-boot-store.ts';

/** @returns Exit code as of bcdedit: 0 done, 1 not (no such store, no such entry, nothing to delete). */
export async function changeSafeBoot(store: string, id: string, act: 'set' | 'delete'): Promise<number> {
  const key = `\\Objects\\${id.toLowerCase()}\\Elements`;
  if (act === 'delete') return hivexsh(store, [`cd ${key}\\${SAFE_BOOT_ELEMENT}`, 'del', 'commit']);
  const isThere = (await hivexsh(store, [`cd ${key}\\${SAFE_BOOT_ELEMENT}`])) === 0;
  return hivexsh(store, [...(isThere ? [] : [`cd ${key}`, `add ${SAFE_BOOT_ELEMENT}`]), `cd ${key}\\${SAFE_BOOT_ELEMENT}`, 'setval 1', 'Element', 'hex:3:01,00,00,00,00,00,00,00', 'commit']);
}

/** @returns Entries of the store that have the flag, as libhivex reads it. */
export async function listFlagged(store: string): Promise<string[]> {
  const objects = (await hivexText(store, ['cd \\Objects', 'ls'])).split('\n').filter((line) => line.startsWith('{'));
  const flagged: string[] = [];
  for (const id of objects) if ((await hivexText(store, [`cd \\Objects\\${id}\\Elements`, 'ls'])).split('\n').includes(SAFE_BOOT_ELEMENT)) flagged.push(id);
  return flagged;
}

/** hivexsh ends at the first command that fails when its input is no terminal. */
async function hivexsh(store: string, commands: readonly string[]): Promise<number> {
  return (await runHivex(store, commands)).exitCode === 0 ? 0 : 1;
}

async function hivexText(store: string, commands: readonly string[]): Promise<string> {
  const ran = await runHivex(store, commands);
  if (ran.exitCode !== 0) throw new Error(`hivexsh does not read ${store}`);
  return ran.stdout;
}

function runHivex(store: string, commands: readonly string[]): Promise<{ readonly exitCode: number; readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('hivexsh', ['-w', store], { stdio: ['pipe', 'pipe', 'ignore'] });
    let stdout = '';
    child.on('error', reject);
    child.stdin.on('error', () => {});
    child.stdout.on('data', (bytes: Buffer) => { stdout += bytes.toString('utf8'); });
    child.on('close', (code) => resolve({ exitCode: code ?? -1, stdout }));
    child.stdin.end(`${commands.join('\n')}\n`);
  });
}
