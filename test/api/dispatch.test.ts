import { describe, expect, it } from 'vitest';
import { contract, type ProcedureName } from '../../electron/api/contract.ts';
import { createDispatcher, type Handlers } from '../../electron/api/dispatch.ts';
import { ROLE_TABLE, type Allowed } from '../../electron/api/roles.ts';
import { AppError } from '../../electron/core/app-error.ts';
import { ROLES, type Role } from '../../electron/core/codes.ts';

const procedures = Object.keys(contract) as ProcedureName[]; // the contract's own keys
const reached: string[] = [];
/** Handlers that only say that they were reached. */
const handlers = Object.fromEntries(procedures.map((name) => [name, contract[name].kind === 'call'
  ? () => { reached.push(name); return {}; }
  : async function* () { reached.push(name); yield {}; }])) as unknown as Handlers; // shapes do not matter here

/** An input that passes the schema of each procedure: what is left out has a default or is refused as invalid, never as denied. */
async function knock(procedure: ProcedureName, roles: readonly Role[] | null): Promise<string> {
  reached.length = 0;
  const dispatcher = createDispatcher({ handlers, roles: () => roles });
  try {
    if (contract[procedure].kind === 'call') await dispatcher.call(procedure, {});
    else for await (const _ of dispatcher.stream(procedure, {}, new AbortController().signal)) break;
    return 'reached';
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'bug';
    return code === 'invalid-input' ? 'reached' : code; // the role sufficed, the input did not
  }
}

describe('the dispatcher', () => {
  it.each(procedures)('lets exactly the roles of the table call %s', async (procedure) => {
    const allowed: Allowed = ROLE_TABLE[procedure];
    expect(await knock(procedure, null)).toBe(allowed === 'anyone' ? 'reached' : 'not-signed-in');
    for (const role of ROLES) {
      const may = allowed === 'anyone' || allowed === 'signed-in' || allowed.includes(role);
      expect([role, await knock(procedure, [role])]).toEqual([role, may ? 'reached' : 'not-allowed']);
    }
    expect(await knock(procedure, [])).toBe(allowed === 'anyone' || allowed === 'signed-in' ? 'reached' : 'not-allowed');
  });

  it('never reaches a handler with an input the contract refuses, and names the field, not the value', async () => {
    reached.length = 0;
    const dispatcher = createDispatcher({ handlers, roles: () => ROLES });
    const secret = 'a value that must not be repeated';
    for (const input of [{ keyRecordId: secret, reason: 'other' }, { keyRecordId: 1, reason: secret }, 5, null, []]) {
      const error = await dispatcher.call('disclosures.disclose', input).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'invalid-input' });
      expect(JSON.stringify(dispatcher.toWireError(error))).not.toContain(secret);
    }
    expect(reached).toEqual([]);
  });

  it('knows no procedure that is not in the contract, also none of JavaScript', async () => {
    const dispatcher = createDispatcher({ handlers, roles: () => ROLES });
    for (const name of ['', 'keys.steal', '__proto__', 'constructor', 'toString']) {
      expect(dispatcher.kindOf(name)).toBeNull();
      await expect(dispatcher.call(name, {})).rejects.toMatchObject({ code: 'not-found' });
    }
    await expect(dispatcher.call('imports.run', { paths: ['x'] })).rejects.toMatchObject({ code: 'not-found' }); // a stream is no call
  });

  it('turns a bug into a reference number that is also in the log, and nothing else', () => {
    const log: string[] = [];
    const dispatcher = createDispatcher({ handlers, roles: () => ROLES, onBug: (reference, error) => log.push(`${reference} ${String(error)}`) });
    const wire = dispatcher.toWireError(new TypeError('something inside'));
    expect(wire).toEqual({ code: 'internal', facts: {}, reference: expect.stringMatching(/^[0-9A-F]{8}$/) });
    expect(log).toEqual([`${wire.reference} TypeError: something inside`]);
  });

  it('reports a role that did not suffice, so that it can be audited', async () => {
    const denied: string[] = [];
    const dispatcher = createDispatcher({ handlers, roles: () => ['auditor'], onDenied: (procedure) => denied.push(procedure) });
    await dispatcher.call('disclosures.disclose', {}).catch(() => {});
    expect(denied).toEqual(['disclosures.disclose']);
  });
});
