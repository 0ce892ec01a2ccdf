// Live sources over the wire: signed in to first, so that what is refused leaves no import behind; then read as a file is.
import type { Desk } from '../../core/desk.ts';
import { importSteadily } from '../import-steadily.ts';
import { readDirectory } from '../../core/sources/directory-source.ts';
import { liveSource } from '../../core/sources/live-source.ts';
import { parseFingerprint } from '../../core/sources/server-certificate.ts';
import { readTenant, wishesOf, type TenantListing } from '../../core/sources/tenant-source.ts';
import { lookAtDirectory, openDirectory, type OpenDirectory } from '../../desk/directory.ts';
import { openSignedInDirectory } from '../../desk/signed-in-directory.ts';
import { openTenant } from '../../desk/tenant.ts';
import type { DeviceCode, TenantLent } from '../../desk/tenant-sign-in.ts';
import type { Handlers } from '../dispatch.ts';

/** A shorter pause is over before anybody has read of it. */
const WORTH_SAYING_MS = 5000;

export function sourceHandlers(get: () => Desk, lent: TenantLent = {}): Pick<Handlers, 'directories.look' | 'directories.import' | 'directories.importAsSignedIn' | 'tenants.import'> {
  return {
    'directories.look': lookAtDirectory,
    async *'directories.import'({ url, base, bindAs, password, pin }, signal) {
      const desk = get();
      const directory = await openDirectory({ url, pin: pin === undefined ? null : parseFingerprint(pin) }, { bindAs, password }, base ?? null, signal);
      yield* importDirectory(desk, url.replace(/\/+$/, ''), directory, signal);
    },
    async *'directories.importAsSignedIn'({ server, base }, signal) {
      const desk = get();
      yield* importDirectory(desk, server ?? 'Active Directory', await openSignedInDirectory({ server: server ?? null, base: base ?? null }, signal), signal);
    },
    async *'tenants.import'({ tenant, client, certificatePath, keys }, signal) {
      const desk = get();
      let show = (_code: DeviceCode): void => undefined;
      const code = new Promise<DeviceCode>((resolve) => { show = resolve; });
      const pause: { until: number | null } = { until: null };
      const onWait = (ms: number): void => { if (ms >= WORTH_SAYING_MS) pause.until = Math.max(pause.until ?? 0, Date.now() + ms); };
      const opening = openTenant({ tenant, client, certificatePath: certificatePath ?? null }, keys, show, signal, { ...lent, onWait });
      opening.catch(() => undefined); // whoever asked may have gone while the code was shown
      const first = await Promise.race([code, opening.then(() => null)]);
      if (first !== null) yield { kind: 'device-code' as const, ...first };
      const reader = await opening;
      let listing: TenantListing | null = null;
      const read = (): ReturnType<typeof readTenant> => readTenant(reader, { keys, desk: wishesOf(desk.db), onListed: (value) => { listing = value; } });
      for await (const event of importSteadily(desk, [tenant], { files: liveSource('https://graph.microsoft.com', tenant, read), signal })) {
        const told: TenantListing | null = listing;
        listing = null;
        if (told !== null) yield { kind: 'listed' as const, ...(told as TenantListing) };
        if (pause.until !== null) yield { kind: 'waiting' as const, until: new Date(pause.until).toISOString() };
        pause.until = null;
        yield event;
      }
    },
  };
}

async function* importDirectory(desk: Desk, server: string, directory: OpenDirectory, signal: AbortSignal): ReturnType<typeof importSteadily> {
  try {
    yield* importSteadily(desk, [directory.base], { files: liveSource(server, directory.base, () => readDirectory(directory)), signal });
  } finally {
    await directory.close();
  }
}
