// The whole loop once, for real: keys in, image out, agent and bundle out of that image, a locked volume, the record back, the host's state.
import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Desk } from './desk.ts';
import { FAULTY, FAULTY_FILE, OTHER, OTHER_FILE, fillWithWindows, listChannelFiles, withOpened } from './locked-volume.ts';
import { makeLockedVolume } from './make-locked-volume.ts';
import { removeFolder } from './mounts.ts';
import { RehearsalHost } from './rehearse-agent.ts';
import { mustRun } from './shell.ts';
import { listWineGaps } from './wine-gaps.ts';
import { Wine } from './wine.ts';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'test', 'fixtures', 'base');
const HOSTNAME = 'RHRSL-0417';
/** Files of the payload, in its order. */
const AGENT_FILES = ['start.cmd', 'agent.js', 'probe.js', 'manual.cmd'];

export type Loop = {
  readonly hostState: string;
  readonly removed: readonly string[];
  readonly left: readonly string[];
  readonly payloadOnLabel: string;
  readonly payloadOnScreen: string;
  readonly passcodeToResultMs: number;
  readonly volumeMadeBy: 'windows' | 'constructed';
  readonly rotationDue: number;
};

/**
 * Goes through the loop in a folder of its own, which is gone afterwards.
 *
 * @param print Gets a line for each station.
 * @throws Error at the first station that does not hold.
 */
export async function rehearseLoop(print: (line: string) => void): Promise<Loop> {
  const folder = await mkdtemp(join(tmpdir(), 'bluelift-loop-'));
  const wine = await Wine.start();
  const host = new RehearsalHost(wine);
  try {
    await host.start();
    return await goThrough(folder, host, print);
  } finally {
    await host.close();
    await removeFolder(folder);
  }
}

async function goThrough(folder: string, host: RehearsalHost, print: (line: string) => void): Promise<Loop> {
  const volume = await makeLockedVolume(join(folder, 'host.img'), 1);
  await fillWithWindows(volume, [FAULTY_FILE, OTHER_FILE]);
  const otherBefore = await withOpened(volume, (root) => readFile(join(root, 'Windows/System32/drivers/CrowdStrike', OTHER)));
  const [protector] = volume.protectors;
  if (protector === undefined) throw new Error('a locked volume without a recovery password');
  print(`host      ${HOSTNAME}, locked; BitLocker metadata ${volume.madeBy === 'windows' ? 'written by Windows' : 'constructed by this project'}; Key ID ${protector.keyProtectorId.slice(0, 8)}`);

  const desk = await Desk.create(folder);
  const handOver = join(folder, 'keys.csv');
  await writeFile(handOver, `Hostname,KeyID,RecoveryKey\r\n${HOSTNAME},${protector.keyProtectorId},${protector.recoveryPassword}\r\n`, { mode: 0o600 });
  const imported = await desk.do<{ files: readonly { kind: string; imported: number }[] }>('import', handOver);
  print(`import    ${imported.files[0]?.imported ?? 0} key record as ${imported.files[0]?.kind ?? 'nothing'}`);

  const base = join(folder, 'base.iso');
  await writeFile(base, gunzipSync(await readFile(join(FIXTURES, 'windows-x64.iso.gz'))));
  const image = join(folder, 'medium.img');
  const built = await desk.do<{ mediaId: string; passcode: string; payload: string; keyRecords: number }>('media', 'build', '--base', base, '--scope', 'all', '--out', image);
  print(`media     ${built.mediaId} with ${built.keyRecords} sealed key, payload ${built.payload}`);

  const { medium, agentFiles } = await takeOut(folder, image);
  print(`image     agent taken out of boot.wim with wimlib, bundle out of FAT32 with mtools`);

  let enteredAt = 0;
  let resultAt = 0;
  const boot = await host.boot({
    agentFiles, medium, volumes: [{ letter: 'D', image: volume.image }],
    answers: [async () => { enteredAt = performance.now(); return built.passcode; }, async () => { resultAt = performance.now(); return ''; }],
  });
  const payloadOnScreen = /[0-9A-F]{4}(?: [0-9A-F]{4}){3}/.exec(boot.screens[0] ?? '')?.[0] ?? '';
  if (payloadOnScreen !== built.payload) throw new Error(`the agent shows payload ${payloadOnScreen}, the label ${built.payload}`);
  const left = await listChannelFiles(volume);
  if (left.includes(FAULTY)) throw new Error('the faulty file is still there');
  const otherAfter = await withOpened(volume, (root) => readFile(join(root, 'Windows/System32/drivers/CrowdStrike', OTHER)));
  if (!otherAfter.equals(otherBefore)) throw new Error('the other channel file was touched');
  print(`agent     under Wine: passcode to result ${((resultAt - enteredAt) / 1000).toFixed(1)} s; ${FAULTY} is gone, ${OTHER} is untouched`);
  print('replaced  manage-bde (dislocker + ntfs-3g), mountvol, wpeinit, wpeutil, drvload by stand-ins');
  for (const gap of await listWineGaps()) print(`not had   ${gap.what}: scripts/media/agent/${gap.file} took its second way`);

  const results = (await readdir(join(medium, 'bluelift', 'results'))).filter((name) => name.endsWith('.txt'));
  for (const name of results) await mustRun('mcopy', ['-i', `${image}@@1M`, join(medium, 'bluelift', 'results', name), '::/bluelift/results/']);
  await desk.do('attempts', 'import', image);
  const hosts = await desk.do<{ hosts: readonly { hostname: string; state: string }[] }>('hosts', '--query', HOSTNAME);
  const hostState = hosts.hosts.find((one) => one.hostname === HOSTNAME)?.state ?? 'unknown';
  const status = await desk.do<{ rotationDue: number }>('status');
  await desk.do('audit', 'verify');
  print(`return    ${results.length} attempt record read from the image; ${HOSTNAME} stands at ${hostState}; rotation due: ${status.rotationDue}; audit chain verified`);
  return {
    hostState, removed: [FAULTY], left, payloadOnLabel: built.payload, payloadOnScreen, passcodeToResultMs: resultAt - enteredAt,
    volumeMadeBy: volume.madeBy, rotationDue: status.rotationDue,
  };
}

/** What a host would find: the agent in the image that boots, the rest on the first partition. */
async function takeOut(folder: string, image: string) {
  const medium = join(folder, 'medium');
  await mkdir(medium);
  await mustRun('mcopy', ['-s', '-n', '-i', `${image}@@1M`, '::/bluelift', medium]);
  const wim = join(folder, 'boot.wim');
  await mustRun('mcopy', ['-n', '-i', `${image}@@1M`, '::/sources/boot.wim', wim]);
  const boots = /Boot Index:\s+(\d+)/.exec(await mustRun('wimlib-imagex', ['info', wim]))?.[1] ?? '';
  const home = join(folder, 'wim');
  await mustRun('wimlib-imagex', ['extract', wim, boots, '/bluelift', `--dest-dir=${home}`]);
  const agentFiles = await Promise.all(AGENT_FILES.map(async (name) => ({ name, bytes: await readFile(join(home, 'bluelift', name)) })));
  return { medium, agentFiles };
}
