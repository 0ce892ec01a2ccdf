// The table procedure × role over both wires: what is not allowed is refused by the desk itself, whoever asks and however.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RemoteError, type Transport } from '../../electron/api/client.ts';
import { connectOverHttp } from '../../electron/api/http-client.ts';
import { transportOf } from '../../electron/api/in-process.ts';
import { answerOver, callThrough, type Port } from '../../electron/api/port.ts';
import { contract, type ProcedureName } from '../../electron/api/contract.ts';
import { mayCall, ROLE_TABLE } from '../../electron/api/roles.ts';
import { createDeskApp, type DeskApp } from '../../electron/app.ts';
import { ROLES, type Role } from '../../electron/core/codes.ts';
import { LOW_COST, PASSPHRASE } from '../support/open-desk.ts';
import { startServer, TOKEN, type RunningServer } from './running-server.ts';

/** A field no procedure knows: strict inputs refuse it, so that nothing is really done; the others list an empty desk. */
const HARMLESS = JSON.stringify({ nothingOfThisKind: true });
const PROCEDURES = Object.keys(ROLE_TABLE) as ProcedureName[]; // its keys are checked by `satisfies`

let app: DeskApp;
let server: RunningServer;
let inside: Transport;
const channel = new MessageChannel();
const wires: Record<string, Transport> = {};

beforeAll(async () => {
  server = await startServer({ call: (...words) => inside.call(...words), stream: (...words) => inside.stream(...words) });
  app = await createDeskApp({ folder: `${server.folder}/desk`, runtime: 'browser', demo: false, version: '0', agentFiles: async () => [], passphraseCost: LOW_COST, idleCloseAfterMs: 0 });
  inside = transportOf(app.dispatcher);
  answerOver(portOver(channel.port1), inside);
  Object.assign(wires, { 'loopback HTTP': connectOverHttp({ origin: server.origin, token: TOKEN }), 'messages between processes': callThrough(portOver(channel.port2)) });

  await inside.call('desk.create', JSON.stringify({ operatorName: 'all', passphrase: PASSPHRASE, recoverySheet: false }));
  for (const role of ROLES) await inside.call('operators.add', JSON.stringify({ name: role, roles: [role], passphrase: PASSPHRASE }));
  await inside.call('vault.close', '{}');
});
afterAll(async () => {
  await app.close();
  channel.port1.close();
  await server[Symbol.asyncDispose]();
});

function portOver(port: MessagePort): Port {
  return { post: (message) => port.postMessage(message), listen: (listener) => void port.on('message', listener) };
}

/** @returns The code it failed with; null when it was answered. A stream is left after its first event, or after a moment of silence. */
async function codeOf(wire: Transport, name: ProcedureName): Promise<string | null> {
  try {
    if (contract[name].kind === 'call') await wire.call(name, HARMLESS);
    else for await (const _event of wire.stream(name, HARMLESS, AbortSignal.timeout(300))) break;
    return null;
  } catch (error) {
    if (error instanceof RemoteError) return error.code;
    throw error;
  }
}

describe.each(['loopback HTTP', 'messages between processes'])('over %s', (name) => {
  const wire = (): Transport => wires[name] ?? expect.unreachable();

  test.each([null, ...ROLES])('%s may call what the table says and nothing else', async (role: Role | null) => {
    if (role !== null) await wire().call('vault.open', JSON.stringify({ operatorName: role, passphrase: PASSPHRASE }));
    for (const procedure of PROCEDURES) {
      const code = await codeOf(wire(), procedure);
      const allowed = mayCall(procedure, role === null ? null : [role]);
      if (allowed) expect([procedure, code]).not.toEqual([procedure, expect.stringMatching(/^not-(allowed|signed-in|found)$/)]);
      else expect([procedure, code]).toEqual([procedure, role === null ? 'not-signed-in' : 'not-allowed']);
    }
    if (role !== null) await wire().call('vault.close', '{}');
  });

  test('a procedure of the wrong kind does not exist', async () => {
    await expect(wire().call('desk.changes', '{}')).rejects.toMatchObject({ code: 'not-found' });
    const read = async (): Promise<void> => { for await (const _event of wire().stream('desk.state', '{}')); };
    await expect(read()).rejects.toMatchObject({ code: 'not-found' });
  });

  test('what was refused is on record', async () => {
    await wire().call('vault.open', JSON.stringify({ operatorName: 'auditor', passphrase: PASSPHRASE }));
    await codeOf(wire(), 'operators.add');
    const { rows } = JSON.parse(await wire().call('audit.list', '{}')) as { rows: { act: string; subject: string; operator: string }[] }; // by the contract
    expect(rows).toContainEqual(expect.objectContaining({ act: 'denied', subject: 'operators.add', operator: 'auditor' }));
    await wire().call('vault.close', '{}');
  });
});
