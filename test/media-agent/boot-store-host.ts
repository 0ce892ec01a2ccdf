// A boot store for the host in memory, and the host's own Windows in safe mode.
import { makeBootStore } from '../../scripts/dev/rehearsal/constructed-boot-store.ts';
import { readBootEntries } from '../../scripts/media/agent/boot-store.ts';
import type { FakeHost } from './fake-host.ts';
import { FAULTY_BYTES, FOLDER } from './scene.ts';

export const STORE = 'S:\\EFI\\Microsoft\\Boot\\BCD';
const entriesOf = (host: FakeHost) => readBootEntries(host.files.get(STORE)?.bytes ?? []) ?? [];
export const flaggedOf = (host: FakeHost) => entriesOf(host).filter(({ hasSafeBoot }) => hasSafeBoot).map(({ id }) => id);

/** An EFI partition on S, and a bcdedit that does what it is asked. */
export function addBootStore(host: FakeHost, flagged: readonly string[] = []): void {
  host.volumes.push({ letter: 'S', keys: {}, isLocked: false });
  host.put(STORE, makeBootStore({ isDualBoot: true, flagged }));
  host.onBcdedit = (call) => {
    const [act = '', store = '', id = ''] = call.split(' ');
    if (store !== STORE) return 1;
    const now = new Set(flaggedOf(host));
    if (act === 'set') now.add(id);
    else now.delete(id);
    host.put(STORE, makeBootStore({ isDualBoot: true, flagged: [...now] }));
    return 0;
  };
}

/** The same host, started by its flag: its Windows runs on C and opens the volume itself. */
export function enterSafeMode(host: FakeHost): void {
  host.isSafeMode = true;
  host.volumes.splice(0, host.volumes.length, { letter: 'C', keys: {}, isLocked: false });
  host.put('C:\\Windows\\System32\\config\\SYSTEM', 'regf');
  host.put(`C:\\${FOLDER}\\C-00000291-00000000-00000032.sys`, FAULTY_BYTES);
  host.put(`C:\\${FOLDER}\\C-00000285-00000000-00000007.sys`, 'other channel');
  host.bcdedit.length = 0;
  host.onBcdedit = () => 0;
}
