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
import type { TenantLent } from '../../desk/tenant-sign-in.ts';
import type { Handlers } from '../dispatch.ts';
import { withTenant } from '../with-tenant.ts';

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
      yield* withTenant(signal, async function* (listener) {
        const reader = await openTenant({ tenant, client, certificatePath: certificatePath ?? null }, keys, listener, lent);
        let listing: TenantListing | null = null;
        const read = (): ReturnType<typeof readTenant> => readTenant(reader, { keys, desk: wishesOf(desk.db), onListed: (value) => { listing = value; } });
        for await (const event of importSteadily(desk, [tenant], { files: liveSource('https://graph.microsoft.com', tenant, read), signal })) {
          const told: TenantListing | null = listing;
          listing = null;
          if (told !== null) yield { kind: 'listed' as const, ...(told as TenantListing) };
          yield event;
        }
      });
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
