// A directory on 127.0.0.1 with the faults that Samba does not have: LDAP as RFC 4511 and 2696 lay it down, as little of it as an import asks.
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { DirectoryObject } from '../../electron/core/sources/directory-source.ts';
import { makeSelfSigned } from './self-signed.ts';

export interface DirectoryStandInOptions {
  readonly objects: readonly DirectoryObject[];
  readonly startTls?: 'offered' | 'refused' | 'silent';
  readonly rootDse?: Readonly<Record<string, readonly string[]>>;
  /** What a domain controller says in its message of result 49: `775` locked … */
  readonly refusesWith?: string;
  /** The result of signing in, without a word: 52 while the service starts … */
  readonly refusesAs?: number;
  /** Objects a page has at most, whatever is asked for. */
  readonly pageObjects?: number;
  /** Before each page with objects one without, as a controller gives when its time for a page is over. */
  readonly hasEmptyPages?: boolean;
  /** Knows no pages: gives so many objects and result 4. */
  readonly stopsAfter?: number;
  /** Addresses of servers that keep other parts. */
  readonly refersTo?: readonly string[];
  /** Ends the connection instead of answering the search of this number. */
  readonly cutsAtSearch?: number;
}

export interface DirectoryStandIn { readonly url: string; readonly port: number; /** Of its certificate. */ readonly pin: string; /** Names that were bound as. */ readonly bound: string[]; readonly connections: () => number }

export const STAND_IN_BASE = 'DC=corp,DC=example';

export async function startDirectoryStandIn(options: DirectoryStandInOptions): Promise<DirectoryStandIn> {
  const { pem, der } = makeSelfSigned('dc01.corp.example');
  const secureContext = createSecureContext({ cert: pem, key: pem });
  const bound: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let searches = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.add(socket.on('error', () => undefined));
    if (options.startTls === undefined) serve(secured(socket));
    else serve(socket);
  });
  const secured = (socket: Socket): TLSSocket => new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => undefined);

  function serve(socket: Socket): void {
    let waiting = Buffer.alloc(0);
    socket.on('data', (part: Buffer) => {
      waiting = Buffer.concat([waiting, part]);
      for (let message = read(waiting); message !== null && message.end <= waiting.length; message = read(waiting)) {
        const [id, operation, controls] = parts(message.body);
        waiting = waiting.subarray(message.end);
        if (id !== undefined && operation !== undefined) answer(socket, id.body, operation, controls);
      }
    });
  }

  function answer(socket: Socket, id: Buffer, { tag, body }: Part, controls: Part | undefined): void {
    const send = (operation: Buffer, ...more: Buffer[]): void => void socket.write(ber(0x30, ber(2, id), operation, ...more));
    const result = (kind: number, code: number, text = ''): Buffer => ber(kind, ber(10, Buffer.from([code])), ber(4, ''), ber(4, text));
    if (tag === 0x77) {
      if (options.startTls === 'refused') return send(result(0x78, 52));
      socket.removeAllListeners('data');
      send(result(0x78, 0));
      if (options.startTls === 'offered') serve(secured(socket));
    } else if (tag === 0x60) {
      bound.push(parts(body)[1]?.body.toString() ?? '');
      send(options.refusesAs !== undefined ? result(0x61, options.refusesAs) : options.refusesWith === undefined ? result(0x61, 0) : result(0x61, 49, `80090308: LdapErr: DSID-0C090569, comment: AcceptSecurityContext error, data ${options.refusesWith}, v4563`));
    } else if (tag === 0x63) {
      const [base, , , , , , filter] = parts(body);
      if (base?.body.length === 0) {
        send(entry('', { defaultNamingContext: [STAND_IN_BASE], ...options.rootDse }));
        return send(result(0x65, 0));
      }
      searches += 1;
      if (searches === options.cutsAtSearch) return void socket.destroy();
      search(send, result, filter?.body.includes('msFVE-RecoveryInformation') === true, controls);
    }
  }

  function search(send: (operation: Buffer, ...more: Buffer[]) => void, result: (kind: number, code: number) => Buffer, forKeys: boolean, controls: Part | undefined): void {
    const { objects, pageObjects = 1000, hasEmptyPages = false, stopsAfter, refersTo = [] } = options;
    const found = objects.filter(({ attributes }) => (attributes['objectClass'] ?? []).includes('msFVE-RecoveryInformation') === forKeys);
    if (stopsAfter !== undefined) {
      for (const object of found.slice(0, stopsAfter)) send(entry(object.dn, object.attributes));
      return send(result(0x65, found.length > stopsAfter ? 4 : 0));
    }
    const asked = parts(parts(parts(controls?.body ?? Buffer.alloc(0))[0]?.body ?? Buffer.alloc(0)).at(-1)?.body ?? Buffer.alloc(0))[0];
    const [size, cookie] = parts(asked?.body ?? Buffer.alloc(0));
    const [from = 0, wasEmpty = 0] = (cookie?.body.toString() ?? '').split('/').map(Number);
    const page = hasEmptyPages && wasEmpty === 0 ? 0 : Math.min(pageObjects, size?.body.readUIntBE(0, size.body.length) ?? 1000);
    for (const object of found.slice(from, from + page)) send(entry(object.dn, object.attributes));
    const next = from + page;
    if (next >= found.length) for (const address of refersTo) send(ber(0x73, ber(4, address)));
    send(result(0x65, 0), ber(0xa0, ber(0x30, ber(4, '1.2.840.113556.1.4.319'), ber(4, ber(0x30, ber(2, Buffer.from([0])), ber(4, next >= found.length && page > 0 ? '' : `${next}/${page === 0 ? 1 : 0}`))))));
  }

  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => { server.once('listening', resolve); });
  onTestFinished(() => new Promise<void>((resolve) => { for (const socket of sockets) socket.destroy(); server.close(() => resolve()); }));
  const { port } = server.address() as AddressInfo; // listening on a port
  return { url: `${options.startTls === undefined ? 'ldaps' : 'ldap'}://127.0.0.1:${port}`, port, pin: await sha256(der), bound, connections: () => connections };
}

interface Part { readonly tag: number; readonly body: Buffer; readonly end: number }

const sha256 = async (bytes: Buffer): Promise<string> => Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex').toUpperCase();

function entry(dn: string, attributes: DirectoryObject['attributes']): Buffer {
  return ber(0x64, ber(4, dn), ber(0x30, ...Object.entries(attributes).filter(([, values]) => values.length > 0).map(([name, values]) => ber(0x30, ber(4, name), ber(0x31, ...values.map((value) => ber(4, value)))))));
}

function ber(tag: number, ...content: readonly (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(content.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

/** @returns The first element, or null when not even its length is there. */
function read(bytes: Buffer): Part | null {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) return null;
  const long = first > 127 ? first & 127 : 0;
  if (bytes.length < 2 + long) return null;
  const length = long === 0 ? first : bytes.readUIntBE(2, long);
  return { tag, body: bytes.subarray(2 + long, 2 + long + length), end: 2 + long + length };
}

function parts(bytes: Buffer): Part[] {
  const found: Part[] = [];
  for (let part = read(bytes); part !== null; part = read(bytes)) {
    found.push(part);
    bytes = bytes.subarray(part.end);
  }
  return found;
}
