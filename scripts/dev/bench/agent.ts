// Boots a host with a locked volume under Wine: passcode to removed file, and where the time goes, median of five. Needs what the rehearsal needs.
import { access } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseAttemptRecord } from '../../../electron/core/media/attempt-record-reader.ts';
import { missingFor } from '../../../test/requirements.ts';
import { buildAgent } from '../build-agent.ts';
import { FAULTY, FAULTY_FILE, OTHER_FILE, copyVolume, fillWithWindows } from '../rehearsal/locked-volume.ts';
import { makeLockedVolume } from '../rehearsal/make-locked-volume.ts';
import { layMedium } from '../rehearsal/medium-folder.ts';
import { RehearsalHost } from '../rehearsal/rehearse-agent.ts';
import { Wine } from '../rehearsal/wine.ts';

const ROUNDS = 5;
const MOST_SECONDS = 10;
/** As many keys as a site has: opening one entry reads one shard, however many there are. */
const OTHER_KEYS = 10_000;
const STEPS = ['lookMs', 'passcodeMs', 'unlockMs', 'examineMs', 'repairMs'] as const;

export async function run(): Promise<void> {
  const missing = missingFor('rehearsal');
  if (missing.length > 0) throw new Error(`needs ${missing.map(({ name, from }) => `${name} (${from})`).join(', ')}`);
  const host = new RehearsalHost(await Wine.start());
  try {
    await host.start();
    const agentFiles = await buildAgent();
    const volume = await makeLockedVolume(join(host.wine.work, 'one.img'), 1);
    await fillWithWindows(volume, [FAULTY_FILE, OTHER_FILE]);
    const rounds: { readonly seconds: number; readonly steps: readonly number[] }[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const copy = await copyVolume(volume, join(host.wine.work, `round-${round}.img`));
      const medium = await layMedium(join(host.wine.work, `medium-${round}`), copy.protectors, { fillers: OTHER_KEYS });
      let enteredAt = 0;
      let goneAt = 0;
      const faulty = join(host.wine.work, 'volume-0', 'Windows/System32/drivers/CrowdStrike', FAULTY);
      const boot = await host.boot({
        agentFiles, medium: medium.folder, volumes: [{ letter: 'D', image: copy.image }],
        answers: [async () => { enteredAt = performance.now(); void untilGone(faulty).then((at) => { goneAt = at; }); return String(medium.passcodes[0]); }, ''],
      });
      const [bytes] = [...boot.records].filter(([name]) => name.endsWith('.txt')).map(([, content]) => content);
      const parsed = parseAttemptRecord(bytes ?? new Uint8Array());
      if (parsed.status !== 'ok' || parsed.record.outcome !== 'repaired') throw new Error('the host was not repaired');
      rounds.push({ seconds: (goneAt - enteredAt) / 1000, steps: STEPS.map((step) => parsed.record[step] ?? 0) });
      process.stdout.write(`round ${round}: ${((goneAt - enteredAt) / 1000).toFixed(1)} s, load ${loadavg()[0]?.toFixed(1)}\n`);
    }
    const seconds = median(rounds.map((one) => one.seconds));
    process.stdout.write(`passcode to removed file: ${seconds.toFixed(1)} s, at most ${MOST_SECONDS}: ${seconds <= MOST_SECONDS ? 'met' : 'MISSED'} (load ${(loadavg()[0] ?? 0).toFixed(1)}); ${OTHER_KEYS + 1} keys on the medium, volume ${volume.madeBy}\n`);
    process.stdout.write(`${STEPS.map((step, index) => `${step} ${median(rounds.map(({ steps }) => steps[index] ?? 0))}`).join('  ')}\n`);
  } finally {
    await host.close();
  }
}

/** First it is there, when the volume is open, and then it is not. */
async function untilGone(path: string): Promise<number> {
  for (let wasThere = false; ;) {
    const isThere = await access(path).then(() => true, () => false);
    if (wasThere && !isThere) return performance.now();
    wasThere ||= isThere;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
