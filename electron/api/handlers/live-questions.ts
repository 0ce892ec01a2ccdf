// Asking a directory or a tenant for one host or one key ID, over the wire: on record with what was asked, then taken in as any import is.
import { appendAudit } from '../../core/audit/audit.ts';
import { AppError } from '../../core/app-error.ts';
import { nowOf, type Desk } from '../../core/desk.ts';
import { getHostRow } from '../../core/hosts/host-list.ts';
import { parseHostname } from '../../core/hosts/hostname.ts';
import { importSteadily } from '../import-steadily.ts';
import { askDirectory, seesKeys } from '../../core/sources/directory-question.ts';
import { readDirectory } from '../../core/sources/directory-source.ts';
import { liveSource } from '../../core/sources/live-source.ts';
import { parseFingerprint } from '../../core/sources/server-certificate.ts';
import { askTenant } from '../../core/sources/tenant-question.ts';
import { openDirectory, type OpenDirectory } from '../../desk/directory.ts';
import { openSignedInDirectory } from '../../desk/signed-in-directory.ts';
import { openTenantFinder, type FinderFor } from '../../desk/tenant.ts';
import type { TenantLent } from '../../desk/tenant-sign-in.ts';
import type { Parsed } from '../contract.ts';
import type { Handlers } from '../dispatch.ts';
import { withTenant } from '../with-tenant.ts';

interface About { readonly hostname: string | null; readonly entraDeviceId: string | null; readonly keyId: string | null }

/** AppError `not-found`, `invalid-input` when nothing is asked. */
function aboutOf(desk: Desk, { hostId, hostname, keyId }: Parsed<'directories.ask'>['about']): About {
  if (hostId === undefined && hostname === undefined && keyId === undefined) throw new AppError('invalid-input', { fields: ['about'] });
  if (hostId === undefined && hostname !== undefined) {
    const named = parseHostname(hostname);
    if (named.status !== 'ok') throw new AppError('invalid-input', { fields: ['about.hostname: invalid_format'] });
    return { hostname: named.hostname, entraDeviceId: null, keyId: keyId?.toUpperCase() ?? null };
  }
  const host = hostId === undefined ? null : getHostRow(desk.db, hostId);
  const device = hostId === undefined ? null : (desk.db.prepare<[number], { id: string | null }>('SELECT entra_device_id AS id FROM hosts WHERE host_id = ?').get(hostId)?.id ?? null);
  return { hostname: host?.hostname ?? null, entraDeviceId: device, keyId: keyId?.toUpperCase() ?? null };
}

/** Before anything is asked: also a question that fails is on record. */
function recordQuestion(desk: Desk, act: 'directories.ask' | 'tenants.ask', of: string, { hostname, keyId }: About): void {
  desk.db.transaction(() => appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act, subject: hostname ?? keyId ?? '', details: { of, hostname, keyId } })).immediate();
  desk.changed('audit');
}

export function liveQuestionHandlers(get: () => Desk, lent: TenantLent = {}): Pick<Handlers, 'directories.ask' | 'tenants.ask'> {
  /** Signed in once, asked often; gone with the open desk. Tokens stay in memory. */
  const tenants = new WeakMap<Desk, Map<string, FinderFor>>();
  return {
    async *'directories.ask'({ about, via }, signal) {
      const desk = get();
      const question = aboutOf(desk, about);
      const server = via.kind === 'signed-in' ? (via.server ?? 'Active Directory') : via.url.replace(/\/+$/, '');
      recordQuestion(desk, 'directories.ask', server, question);
      const directory: OpenDirectory = via.kind === 'signed-in' ? await openSignedInDirectory({ server: via.server ?? null, base: via.base ?? null }, signal)
        : await openDirectory({ url: via.url, pin: via.pin === undefined ? null : parseFingerprint(via.pin) }, { bindAs: via.bindAs, password: via.password }, via.base ?? null, signal);
      try {
        const name = question.hostname ?? question.keyId ?? '';
        const read = () => readDirectory({ pages: () => askDirectory(directory, question), countEncryptedLaps: () => Promise.resolve(null), ...(question.keyId === null ? {} : { seesKeys: () => seesKeys(directory) }) });
        yield* importSteadily(desk, [name], { files: liveSource(server, name, read), signal });
      } finally {
        await directory.close();
      }
    },
    async *'tenants.ask'({ about, tenant, client, certificatePath }, signal) {
      const desk = get();
      const question = aboutOf(desk, about);
      recordQuestion(desk, 'tenants.ask', tenant, question);
      const open = tenants.get(desk) ?? new Map<string, FinderFor>();
      tenants.set(desk, open);
      const name = [tenant, client, certificatePath ?? ''].join('\n').toLowerCase();
      yield* withTenant(signal, async function* (listener) {
        let finderFor = open.get(name);
        if (finderFor === undefined) {
          // Outlives this question: the next one within the same open vault does not ask for a code again.
          const session = new AbortController();
          const stop = (): void => session.abort();
          signal.addEventListener('abort', stop, { once: true });
          finderFor = await openTenantFinder({ tenant, client, certificatePath: certificatePath ?? null }, { ...listener, signal: session.signal }, lent);
          signal.removeEventListener('abort', stop);
          open.set(name, finderFor);
        }
        const finder = finderFor(listener);
        const read = async function* (): ReturnType<typeof askTenant> {
          try {
            yield* askTenant(finder, question);
          } catch (error) {
            if (error instanceof AppError && error.code === 'source-refused-sign-in') open.delete(name); // the next question signs in anew
            throw error;
          }
        };
        yield* importSteadily(desk, [tenant], { files: liveSource('https://graph.microsoft.com', tenant, read), signal });
      });
    },
  };
}
