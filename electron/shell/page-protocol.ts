// app://desk/…: the window's page files, from memory, with the same headers as over HTTP.
import type { Protocol } from 'electron';
import type { PageFiles } from '../pages/page-files.ts';
import { PAGE_HEADERS } from '../pages/page-headers.ts';

const PAGE_SCHEME = 'app';
const PAGE_HOST = 'desk';
export const PAGE_ADDRESS = `${PAGE_SCHEME}://${PAGE_HOST}/`;

/** Before the app is ready. Standard and secure, so that `'self'` of the policy means this address and nothing else. */
export function declarePageScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

export function servePages(protocol: Protocol, pages: PageFiles): void {
  protocol.handle(PAGE_SCHEME, (request) => {
    const { host, pathname } = new URL(request.url);
    const page = host === PAGE_HOST && request.method === 'GET' ? pages.get(pathname) : undefined;
    if (page === undefined) return new Response('', { status: 404, headers: PAGE_HEADERS });
    return new Response(page.bytes, { headers: { ...PAGE_HEADERS, 'content-type': page.type } });
  });
}

/** Whether an address is a page of ours. @param address Untrusted. */
export function isOurPage(address: string | undefined): boolean {
  const url = address === undefined ? null : URL.parse(address);
  return url !== null && url.protocol === `${PAGE_SCHEME}:` && url.host === PAGE_HOST;
}
