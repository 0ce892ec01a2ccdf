// In which of Microsoft's clouds a tenant is: its name says so to whoever asks, and each has a sign-in and a Graph of its own.
import type { Fetch } from './graph.ts';

export interface Cloud { readonly login: string; readonly graph: string }

/** @source Microsoft Graph, "National cloud deployments": global, US Government L4 and L5 (DoD), China (21Vianet; its sign-in under the name MSAL calls it by). */
const CLOUDS: readonly [Cloud, ...Cloud[]] = [
  { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  { login: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' },
  { login: 'https://login.microsoftonline.us', graph: 'https://dod-graph.microsoft.us' },
  { login: 'https://login.partner.microsoftonline.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
];
const GLOBAL = CLOUDS[0];

/** For each; a firewall may know one of them only. */
const ANSWER_MS = 10_000;

/**
 * Asks the sign-in of each cloud for the tenant until one knows it. Says nothing of who asks.
 *
 * @param tenant  Untrusted: its ID or a domain of it, as the contract allows.
 * @returns One of the table, whatever an answer says; the global one where none knows the tenant. Throws what `send` throws when no cloud answers.
 * @source `msgraph_host` in the tenant's OpenID configuration; not tried against a tenant of another cloud than the global one.
 */
export async function findCloud(tenant: string, send: Fetch, signal: AbortSignal): Promise<Cloud> {
  let failure: { readonly cause: unknown } | null = null;
  let answered = false;
  for (const login of new Set(CLOUDS.map((cloud) => cloud.login))) {
    try {
      const response = await send(`${login}/${tenant}/v2.0/.well-known/openid-configuration`, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]) });
      answered = true;
      const answer: unknown = await response.json();
      if (!response.ok || typeof answer !== 'object' || answer === null) continue;
      const host = 'msgraph_host' in answer ? answer.msgraph_host : null;
      return CLOUDS.find(({ graph }) => graph === `https://${String(host)}`) ?? CLOUDS.find((cloud) => cloud.login === login) ?? GLOBAL;
    } catch (cause) {
      signal.throwIfAborted();
      failure ??= { cause };
    }
  }
  if (!answered && failure !== null) throw failure.cause;
  return GLOBAL;
}
