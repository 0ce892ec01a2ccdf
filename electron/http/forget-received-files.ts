// When received files go: after the one use they came for, and when the vault closes. They may be key exports in the clear.
import type { Transport } from '../api/client.ts';
import type { ReceivedFiles } from './received-files.ts';

/** Procedures that read their `paths` once. */
const USES_ONCE: ReadonlySet<string> = new Set(['imports.run', 'attempts.import']);

/** @returns The transport; received files are removed when the procedure that used them has ended, however it ended. */
export function forgetAfterUse(transport: Transport, files: ReceivedFiles): Transport {
  return {
    async call(name, body) {
      try {
        return await transport.call(name, body);
      } finally {
        if (USES_ONCE.has(name)) files.release(pathsIn(body));
      }
    },
    async *stream(name, body, signal) {
      try {
        yield* transport.stream(name, body, signal);
      } finally {
        if (USES_ONCE.has(name)) files.release(pathsIn(body));
      }
    },
  };
}

/** Listens to the desk until the signal aborts or the desk is gone, and removes all received files whenever the vault is not open. */
export async function forgetWhenVaultCloses(transport: Transport, files: ReceivedFiles, signal: AbortSignal): Promise<void> {
  try {
    for await (const event of transport.stream('desk.changes', '{}', signal)) {
      if (!event.includes('"vault"')) continue;
      const state = JSON.parse(await transport.call('desk.state', '{}')) as { readonly vault: string }; // answered by the contract
      if (state.vault !== 'open') files.clear();
    }
  } catch {
    files.clear(); // the desk is gone, and the vault with it
  }
}

function pathsIn(body: string): string[] {
  try {
    const { paths } = JSON.parse(body) as { readonly paths?: unknown };
    return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
  } catch {
    return []; // the dispatcher has refused it
  }
}
