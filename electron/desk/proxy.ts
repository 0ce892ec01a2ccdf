// The way out through a proxy: Node asks its environment for one only when told to.
import * as http from 'node:http';

/**
 * Has requests from now on go through the proxy that the environment names (`HTTPS_PROXY`, `NO_PROXY`); where it names none, or the runtime
 * knows no such thing (before Node 24.14), nothing changes.
 */
export function useProxyOfEnvironment(environment: NodeJS.ProcessEnv = process.env): void {
  if ((environment['HTTPS_PROXY'] ?? environment['https_proxy'] ?? '') === '' || typeof http.setGlobalProxyFromEnv !== 'function') return;
  http.setGlobalProxyFromEnv(environment);
}
