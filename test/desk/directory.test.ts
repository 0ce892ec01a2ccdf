// A directory with the faults of the field, over LDAPS and StartTLS: against a stand-in; what Samba has is in test/directory.
import { describe, expect, test } from 'vitest';
import type { Output } from '../../electron/api/contract.ts';
import { liveQuestionHandlers } from '../../electron/api/handlers/live-questions.ts';
import { sourceHandlers } from '../../electron/api/handlers/sources.ts';
import type { Desk } from '../../electron/core/desk.ts';
import type { DirectoryObject } from '../../electron/core/sources/directory-source.ts';
import { accountOf } from '../../electron/desk/directory.ts';
import { idText, keptKeys, passwordText } from '../core/keys/import-desk.ts';
import { errorSentence } from '../../renderer/messages/errors.ts';
import { openTestDesk } from '../core/remediation/test-desk.ts';
import { STAND_IN_BASE, startDirectoryStandIn, type DirectoryStandIn } from '../support/directory-stand-in.ts';

const computer = (n: number): DirectoryObject => ({ dn: `CN=PC-${n},OU=Laptops,${STAND_IN_BASE}`, attributes: { objectClass: ['top', 'computer'], sAMAccountName: [`PC-${n}$`] } });
const recoveryObject = (n: number): DirectoryObject => ({ dn: `CN=2024-07-19T06:11:12\\+02:00{${idText(n)}},CN=PC-${n},OU=Laptops,${STAND_IN_BASE}`, attributes: { objectClass: ['top', 'msFVE-RecoveryInformation'], 'msFVE-RecoveryPassword': [passwordText(n)] } });
const SEVEN = [1, 2, 3, 4, 5, 6, 7];
const objects = SEVEN.flatMap((n) => [recoveryObject(n), computer(n)]);

async function importFrom({ url, pin }: DirectoryStandIn, { bindAs = 'reader@corp.example', desk = openTestDesk() }: { bindAs?: string; desk?: Desk } = {}) {
  let done: Extract<Output<'directories.import'>, { kind: 'done' }> | undefined;
  for await (const event of sourceHandlers(() => desk)['directories.import']({ url, bindAs, password: 'constructed', pin }, new AbortController().signal)) if (event.kind === 'done') done = event;
  return { desk, report: done?.files[0] };
}
const idsIn = (desk: Parameters<typeof keptKeys>[0]): (string | null)[] => keptKeys(desk).map(({ id }) => id).toSorted();

describe('a directory', () => {
  test.each([['pages of two', {}], ['pages without an object between the others', { hasEmptyPages: true }]])('that gives %s is read to its end', async (_what, how) => {
    const { desk, report } = await importFrom(await startDirectoryStandIn({ objects, pageObjects: 2, ...how }));
    expect(report).toMatchObject({ rows: 14, imported: 14, rejectedCount: 0, notes: [], error: null });
    expect(idsIn(desk)).toEqual(SEVEN.map(idText).toSorted());
  });

  test('that knows no pages and stops at its limit gives what it gave, and that is said', async () => {
    const { report } = await importFrom(await startDirectoryStandIn({ objects, stopsAfter: 5 }));
    expect(report).toMatchObject({ imported: 5, error: { code: 'source-failed', facts: { why: 'ldap-4' } } });
  });

  test('whose connection is cut in the middle leaves in what came; the import after that adds the rest and nothing twice', async () => {
    const desk = openTestDesk();
    const cut = await importFrom(await startDirectoryStandIn({ objects, pageObjects: 2, cutsAtSearch: 6 }), { desk });
    expect(cut.report).toMatchObject({ imported: 9, error: { code: 'source-failed', facts: { why: 'connection-lost' } } });
    const again = await importFrom(await startDirectoryStandIn({ objects }), { desk });
    expect(again.report).toMatchObject({ imported: 5, unchanged: 9, conflicts: 0, error: null });
    expect(idsIn(desk)).toEqual(SEVEN.map(idText).toSorted());
  });

  test.each([['LDAPS', {}], ['StartTLS', { startTls: 'offered' as const }]])('that ended its connection over %s is not asked over another one, whose certificate nobody saw', async (_what, how) => {
    const server = await startDirectoryStandIn({ objects, cutsAtSearch: 2, ...how });
    const ask = async (): Promise<Output<'directories.ask'>[]> => Array.fromAsync(liveQuestionHandlers(openTestDesk)['directories.ask']({ about: { hostname: 'PC-1' }, via: { kind: 'account', url: server.url, bindAs: 'reader', password: 'constructed', pin: server.pin } }, new AbortController().signal));
    expect((await ask()).at(-1)).toMatchObject({ kind: 'done', files: [{ imported: 0, error: { code: 'source-failed', facts: { why: 'connection-lost' } } }] });
    expect(server.connections()).toBe(1);
  });

  test.each([['refused', 'no-start-tls'], ['silent', 'no-answer']] as const)('whose StartTLS is %s hears neither name nor password', async (startTls, why) => {
    const server = await startDirectoryStandIn({ objects, startTls });
    await expect(importFrom(server)).rejects.toMatchObject({ code: 'source-unreachable', facts: { why } });
    expect(server.bound).toEqual([]);
  });

  test.each([['532', 'password-expired'], ['533', 'disabled'], ['701', 'account-expired'], ['773', 'password-must-change'], ['775', 'locked'], ['52e', 'wrong'], ['530', 'not-now'], ['52f', 'policy-refuses'], ['569', 'policy-refuses'], ['51f', 'no-logon-server'], ['999', 'wrong']])('that refuses with data %s is understood in any language: %s', async (refusesWith, why) => {
    await expect(importFrom(await startDirectoryStandIn({ objects, refusesWith }))).rejects.toMatchObject({ code: 'source-refused-sign-in', facts: { why } });
  });

  test.each([[52, 'ldap-52'], [51, 'ldap-51'], [53, 'ldap-53'], [34, 'wrong']])('that answers the sign-in with result %s is understood in both languages', async (refusesAs, why) => {
    const refused: unknown = await importFrom(await startDirectoryStandIn({ objects, refusesAs })).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'source-refused-sign-in', facts: { why } });
    for (const language of ['en', 'de'] as const) expect(errorSentence(language, { code: 'source-refused-sign-in', facts: { why } })).not.toContain('ldap-');
  });

  test('of which other servers keep domains below the base says so; of its own zones and configuration nobody has to know', async () => {
    const own = ['ldap://DomainDnsZones.corp.example/DC=DomainDnsZones,DC=corp,DC=example', 'ldap://corp.example/CN=Configuration,DC=corp,DC=example'];
    expect((await importFrom(await startDirectoryStandIn({ objects, refersTo: own }))).report?.notes).toEqual([]);
    expect((await importFrom(await startDirectoryStandIn({ objects, refersTo: [...own, 'ldap://branch.corp.example/DC=branch,DC=corp,DC=example'] }))).report?.notes).toEqual(['directory-other-domains']);
  });

  test.each([['keys without passwords', objects.map(({ dn, attributes: { 'msFVE-RecoveryPassword': _, ...attributes } }) => ({ dn, attributes }))], ['no keys', [computer(1)]]])('that is a read-only domain controller with %s is not mistaken for a lack of rights', async (_what, kept) => {
    const { report } = await importFrom(await startDirectoryStandIn({ objects: kept, rootDse: { supportedCapabilities: ['1.2.840.113556.1.4.800', '1.2.840.113556.1.4.1920'] } }));
    expect(report?.notes).toEqual(['directory-partial-server']);
  });

  test('is signed in to with the name alone as well: the domain is put behind it, for a controller calls it wrong otherwise', async () => {
    const server = await startDirectoryStandIn({ objects: [] });
    for (const bindAs of ['reader', 'reader@corp.example', 'CORP\\reader', `CN=reader,${STAND_IN_BASE}`]) await importFrom(server, { bindAs });
    expect(server.bound).toEqual(['reader@corp.example', 'reader@corp.example', 'CORP\\reader', `CN=reader,${STAND_IN_BASE}`]);
    expect(['Jane Doe', 'S-1-5-21-1-2-3-500', '{3CA7495E-4252-432B-BAF1-0123456789AB}'].map((name) => accountOf(name, STAND_IN_BASE))).toEqual(['Jane Doe', 'S-1-5-21-1-2-3-500', '{3CA7495E-4252-432B-BAF1-0123456789AB}']);
    expect(accountOf('reader', 'o=corp')).toBe('reader');
  });
});
