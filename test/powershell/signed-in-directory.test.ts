// The desk's PowerShell, run by the real engine; the cmdlets of Windows answer as Microsoft documents them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Output } from '../../electron/api/contract.ts';
import { liveQuestionHandlers } from '../../electron/api/handlers/live-questions.ts';
import { sourceHandlers } from '../../electron/api/handlers/sources.ts';
import { listAudit } from '../../electron/core/audit/audit.ts';
import { keyProtectorIdToBytes, parseKeyProtectorId } from '../../electron/core/keys/key-protector-id.ts';
import { idText, keptKeys, keptLaps, passwordText } from '../core/keys/import-desk.ts';
import { addHost, openTestDesk } from '../core/remediation/test-desk.ts';

const SCRIPTS = join(import.meta.dirname, '../../scripts/desk');
const folder = mkdtempSync(join(tmpdir(), 'bluelift-powershell-'));
const engine = join(folder, 'engine', 'powershell-engine');

beforeAll(() => {
  const source = join(import.meta.dirname, 'engine');
  execFileSync('dotnet', ['publish', source, '--configuration', 'Release', '--output', join(folder, 'engine'), '--artifacts-path', join(folder, 'artifacts'), '--nologo', '--verbosity', 'quiet'], { env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1' } });
  process.env['NODE_POWERSHELL'] = engine;
});
afterEach(() => { delete process.env['BLUELIFT_ENGINE_PROFILE']; });
afterAll(() => {
  delete process.env['NODE_POWERSHELL'];
  rmSync(folder, { recursive: true });
});

/** Get-ADObject gives an ADObject: the default properties, those asked for that are set and readable, bytes as byte[], times as DateTime of here. */
const computer = (name: string): string => `[pscustomobject]@{ DistinguishedName = 'CN=${name},OU=Laptops,DC=corp,DC=example'; Name = '${name}'; ObjectClass = 'computer'; ObjectGUID = [guid]::NewGuid(); sAMAccountName = '${name}$'; dNSHostName = '${name.toLowerCase()}.corp.example'; lastLogonTimestamp = [long]133658123000000000; operatingSystem = 'Windows 11 Pro' }`;
const recoveryObject = (host: string, id: number, password: number | null): string => {
  const bytes = keyProtectorIdToBytes(parseKeyProtectorId(idText(id)) ?? parseKeyProtectorId(idText(0)) ?? ('' as never)).join(',');
  return `[pscustomobject]@{ DistinguishedName = 'CN=2024-07-19T06:11:12\\+02:00{${idText(id)}},CN=${host},OU=Laptops,DC=corp,DC=example'; Name = '2024-07-19T06:11:12+02:00{${idText(id)}}'; ObjectClass = 'msFVE-RecoveryInformation'; whenCreated = [datetime]::new(2024, 7, 19, 4, 11, 12, [DateTimeKind]::Utc).ToLocalTime(); 'msFVE-RecoveryGuid' = [byte[]](${bytes})${password === null ? '' : `; 'msFVE-RecoveryPassword' = '${passwordText(password)}'`} }`;
};

/** A directory of these objects, as functions. */
function lendDirectory(objects: readonly string[], { fails = '', encrypted = 0, schema = [] }: { readonly fails?: string; readonly encrypted?: number; /** LAPS attributes it knows. */ readonly schema?: readonly string[] } = {}): void {
  const path = join(folder, 'profile.ps1');
  writeFileSync(path, `
$script:objects = @(${objects.join('\n')})
function Get-ADRootDSE { param([string] $Server) [pscustomobject]@{ defaultNamingContext = 'DC=corp,DC=example'; schemaNamingContext = 'CN=Schema,CN=Configuration,DC=corp,DC=example' } }
function Get-ADObject {
  param([Parameter(Mandatory = $true)][string] $LDAPFilter, [string] $SearchBase, [string[]] $Properties, [int] $ResultPageSize, [string] $Server)
  $known = @(${schema.map((name) => `'${name}'`).join(', ')})
  if ($SearchBase -like 'CN=Schema,*') { foreach ($name in $known) { [pscustomobject]@{ lDAPDisplayName = $name } }; return }
  ${fails}
  foreach ($name in $Properties) { if ($name -like '*LAPS*' -or $name -like '*AdmPwd*') { if ($known -notcontains $name) { throw [System.ArgumentException]::new('One or more properties are invalid.') } } }
  if ($LDAPFilter -match 'sAMAccountName=([^$]+)[$]') { $wanted = $Matches[1]; $script:objects | Where-Object { $_.Name -eq $wanted }; return }
  if ($LDAPFilter -like '*EncryptedPassword*') { for ($n = 0; $n -lt ${encrypted}; $n += 1) { $n }; return }
  $class = if ($LDAPFilter -eq '(objectCategory=computer)') { 'computer' } elseif ($LDAPFilter -eq '(objectClass=msFVE-RecoveryInformation)') { 'msFVE-RecoveryInformation' } else { throw [System.ArgumentException]::new('Nobody asks that.') }
  $script:objects | Where-Object { $_.DistinguishedName -like "*$SearchBase" -and $_.ObjectClass -eq $class }
}
`);
  process.env['BLUELIFT_ENGINE_PROFILE'] = path;
}

async function importIt(wish: { server?: string; base?: string } = {}, desk = openTestDesk(), signal = new AbortController().signal) {
  let done: Extract<Output<'directories.importAsSignedIn'>, { kind: 'done' }> | undefined;
  for await (const event of sourceHandlers(() => desk)['directories.importAsSignedIn'](wish, signal)) if (event.kind === 'done') done = event;
  return { desk, report: done?.files[0] };
}

describe('a directory with the account signed in to Windows', () => {
  test('hands over computers and recovery passwords, bytes and times as they are', async () => {
    const kept = computer('PC-1').replace(/ }$/, "; 'msLAPS-PasswordExpirationTime' = [long]133700000000000000 }"); // it has a LAPS password that nobody is shown
    lendDirectory([kept, recoveryObject('PC-1', 1, 11), recoveryObject('PC-2', 2, 12)], { encrypted: 3, schema: ['msLAPS-PasswordExpirationTime'] });
    const { desk, report } = await importIt();
    expect(report).toMatchObject({ path: 'Active Directory/DC=corp,DC=example', kind: 'directory', rows: 3, rejectedCount: 0, error: null, notes: ['laps-encrypted'] });
    expect(keptKeys(desk)).toMatchObject([{ id: idText(1), hostname: 'PC-1', password: passwordText(11) }, { id: idText(2), hostname: 'PC-2', password: passwordText(12) }]);
    expect(desk.db.prepare("SELECT dns_name, operating_system, organizational_unit, state FROM hosts WHERE hostname = 'PC-1'").get()).toEqual({ dns_name: 'pc-1.corp.example', operating_system: 'Windows 11 Pro', organizational_unit: 'Laptops', state: 'known' });
    expect(desk.db.prepare('SELECT DISTINCT created_at FROM key_records').pluck().all()).toEqual(['2024-07-19T04:11:12Z']);
  });

  test('hands over the GUID of a computer, by which it is known again when it was renamed, and gives its key to it under its new name', async () => {
    const [guid, desk] = ['574cff96-ad50-4880-8559-db15993935d8', openTestDesk()];
    const renamed = (account: string): string => computer('PC-1').replace('[guid]::NewGuid()', `[guid]'${guid}'`).replace("sAMAccountName = 'PC-1$'", () => `sAMAccountName = '${account}$'`);
    lendDirectory([recoveryObject('PC-1', 1, 11), renamed('PC-1')]);
    await importIt({}, desk);
    lendDirectory([recoveryObject('PC-1', 1, 11), recoveryObject('PC-1', 2, 12), renamed('PC-9')]);
    await importIt({}, desk);
    expect(desk.db.prepare("SELECT h.hostname FROM host_ids i JOIN hosts h USING (host_id) WHERE i.kind = 'object-guid' AND i.value = ? ORDER BY h.hostname").pluck().all(guid.toUpperCase())).toEqual(['PC-1', 'PC-9']);
    expect(keptKeys(desk).find(({ id }) => id === idText(2))).toMatchObject({ hostname: 'PC-9' });
  });

  test('hands over LAPS passwords where the schema has them, and asks for none where it does not', async () => {
    const withLaps = computer('PC-1').replace(/ }$/, "; 'msLAPS-Password' = '{\"n\":\"Administrator\",\"t\":\"1d8161b41c41cde\",\"p\":\"It''s 0O!\"}'; 'msLAPS-PasswordExpirationTime' = [long]133700000000000000 }");
    lendDirectory([withLaps, recoveryObject('PC-1', 1, 11)], { schema: ['msLAPS-Password', 'msLAPS-PasswordExpirationTime'] });
    const { desk, report } = await importIt();
    expect(report).toMatchObject({ rows: 2, rejectedCount: 0, error: null, notes: [], laps: { imported: 1 } });
    expect(keptLaps(desk)).toMatchObject([{ hostname: 'PC-1', account: 'Administrator', password: "It's 0O!", expiresAt: expect.stringMatching(/^2024-/) }]);
    lendDirectory([computer('PC-1'), recoveryObject('PC-1', 1, 11)]);
    expect((await importIt()).report).toMatchObject({ rows: 2, error: null, laps: { imported: 0 } });
  });

  test('is asked for one host, and hands over what lies below its computer and nothing else', async () => {
    lendDirectory([computer('PC-1'), recoveryObject('PC-1', 1, 11), computer('PC-2'), recoveryObject('PC-2', 2, 12)]);
    const desk = openTestDesk();
    for await (const _ of liveQuestionHandlers(() => desk)['directories.ask']({ about: { hostId: addHost(desk, 'PC-2') }, via: { kind: 'signed-in' } }, new AbortController().signal));
    expect(keptKeys(desk)).toMatchObject([{ id: idText(2), hostname: 'PC-2', password: passwordText(12) }]);
    expect(listAudit(desk.db, { offset: 0, limit: 9 }).rows.map(({ act, subject }) => [act, subject])).toContainEqual(['directories.ask', 'PC-2']);
  });

  test('names keys it may not read, and reads below one organizational unit, whatever stands in its name', async () => {
    lendDirectory([computer('PC-1'), recoveryObject('PC-1', 1, null)]);
    expect((await importIt()).report).toMatchObject({ rejectedCount: 0, listed: 1, notes: ['directory-keys-not-readable'] });
    const strange = "OU=O'Neil's; exit,DC=corp,DC=example";
    lendDirectory([computer('PC-1'), computer('PC-2').replace('OU=Laptops', "OU=O''Neil''s; exit")]);
    expect((await importIt({ base: strange })).report).toMatchObject({ path: `Active Directory/${strange}`, rows: 1, hosts: 1 });
  });

  test('is refused by name where the module is missing, or nobody answers', async () => {
    await expect(importIt()).rejects.toMatchObject({ code: 'powershell-unavailable', facts: { why: 'no-module' } });
    lendDirectory([], { fails: "throw [System.TimeoutException]::new('a message that quotes something')" });
    expect((await importIt()).report).toMatchObject({ error: { code: 'source-failed', facts: { why: 'TimeoutException' } } });
  });

  test('is reported as broken off when it breaks off, with what had come', async () => {
    lendDirectory([recoveryObject('PC-1', 1, 11)], { fails: 'if ($LDAPFilter -like "*computer*") { $script:objects; [Environment]::Exit(1) }' });
    const { report } = await importIt();
    expect(report).toMatchObject({ error: { code: 'source-failed', facts: { why: 'connection-lost' } } });
  });

  test('has 3,000 objects handed over', async () => {
    lendDirectory(['1..3000 | ForEach-Object { [pscustomobject]@{ DistinguishedName = "CN=PC-$_,DC=corp,DC=example"; Name = "PC-$_"; ObjectClass = "computer"; sAMAccountName = "PC-$_`$" } }']);
    expect((await importIt()).report).toMatchObject({ rows: 3000, hosts: 3000, error: null, notes: ['directory-no-keys'] });
  });
});

describe('the scripts of the desk', () => {
  const scripts = readdirSync(SCRIPTS).filter((name) => name.endsWith('.ps1'));

  test.each(scripts)('%s has no syntax error, defines the function it is named after, and calls what it is for and nothing else', (name) => {
    const checked = JSON.parse(execFileSync(engine, ['--check', join(SCRIPTS, name)], { encoding: 'utf8' })) as { errors: string[]; commands: string[]; functions: string[] }; // the engine's own output
    expect(checked.errors).toEqual([]);
    expect(checked.functions).toEqual([name.slice(0, -'.ps1'.length)]);
    // What changes a directory is in no script, what changes a disk in the one that erases it.
    const changing: Readonly<Record<string, readonly string[]>> = { 'Clear-UsbDisk.ps1': ['Clear-Disk', 'diskpart.exe', 'Set-Disk', 'Start-Sleep', 'Out-Null'] };
    expect(checked.commands.filter((command) => !/^(?:(?:Get|ConvertTo|ForEach|Where)-|Set-StrictMode$)/.test(command) && !changing[name]?.includes(command))).toEqual([]);
  });

  test.each(scripts)('%s is for Windows PowerShell 5.1 and has its help', (name) => {
    const text = readFileSync(join(SCRIPTS, name), 'utf8');
    expect(text).toMatch(/^#Requires -Version 5\.1/);
    for (const part of ['.SYNOPSIS', '.DESCRIPTION', '.PARAMETER', '.OUTPUTS', 'Set-StrictMode -Version Latest']) expect(text).toContain(part);
    expect(text).not.toMatch(/[^\x00-\x7f]/); // 5.1 reads a file without a mark in the code page of the machine
    expect(text).not.toMatch(/\?\?|\?\.|&&|\|\||-AsArray|-Parallel| \? .* : /); // of PowerShell 7
  });
});
