// The script that replaces recovery passwords on a host, run by the real engine against a stand-in manage-bde that keeps protectors as Windows does.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostScript, intuneScript } from '../../electron/core/rotation/rotation-scripts.ts';
import { idText, passwordText } from '../core/keys/import-desk.ts';

const folder = mkdtempSync(join(tmpdir(), 'bluelift-rotation-'));
const engine = join(folder, 'engine', 'powershell-engine');

beforeAll(() => {
  execFileSync('dotnet', ['publish', join(import.meta.dirname, 'engine'), '--configuration', 'Release', '--output', join(folder, 'engine'), '--artifacts-path', join(folder, 'artifacts'), '--nologo', '--verbosity', 'quiet'], { env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1' } });
});
afterAll(() => { rmSync(folder, { recursive: true }); });

interface Ran { readonly code: number; readonly out: string; readonly protectors: Record<string, string[]> }

/** @param fails What manage-bde refuses: `backup`, `add` or nothing; `missing`: there is none. */
function run(computer: string, protectors: Record<string, readonly string[]>, fails = ''): Ran {
  const script = join(folder, 'rotate.ps1');
  writeFileSync(script, hostScript([{ hostname: 'PC-1', deviceId: null, keyProtectorIds: [idText(1)] }, { hostname: 'PC-2', deviceId: null, keyProtectorIds: [idText(2)] }], '2024-07-19T08:00:00Z'));
  const lines = `
$global:protectors = @{ ${Object.entries(protectors).map(([drive, ids]) => `'${drive}' = @(${ids.map((id) => `'${id}'`).join(', ')})`).join('; ')} }
function Get-CimInstance { param([string] $ClassName, [string] $Filter) foreach ($drive in $global:protectors.Keys) { [pscustomobject]@{ DeviceID = $drive } } }
function ${fails === 'missing' ? 'nothing' : 'manage-bde.exe'} {
  $drive = [string]$args[2]
  $ids = @($global:protectors[$drive])
  $id = ([string]$args[4]).Trim('{', '}')
  $global:LASTEXITCODE = 0
  switch ([string]$args[1]) {
    '-get' { foreach ($one in $ids) { 'Numerisches Kennwort:'; "  ID: {$one}"; '  Kennwort:'; '    ${passwordText(1)}' } }
    '-add' { if ('${fails}' -eq 'add') { $global:LASTEXITCODE = -2147024891 } else { '    ${passwordText(9)}'; $global:protectors[$drive] = @($ids + '${idText(9)}') } }
    '-adbackup' { if ('${fails}' -eq 'backup' -or $ids -notcontains $id) { $global:LASTEXITCODE = -2147024891 } }
    '-delete' { $global:protectors[$drive] = @($ids | Where-Object { $_ -ne $id }) }
  }
}
$env:COMPUTERNAME = '${computer}'
& '${script}'
"exit code $LASTEXITCODE"
foreach ($drive in $global:protectors.Keys) { foreach ($id in $global:protectors[$drive]) { "left $drive $id" } }
`;
  const { stdout, stderr } = spawnSync(engine, [], { encoding: 'utf8', input: lines });
  const left: Record<string, string[]> = {};
  for (const [, drive = '', id = ''] of stdout.matchAll(/^left (\S+) (\S+)$/gm)) (left[drive] ??= []).push(id);
  return { code: Number(/^exit code (-?\d+)$/m.exec(stdout)?.[1] ?? Number.NaN), out: `${stdout}${stderr}`, protectors: left };
}

describe('the script that replaces a disclosed recovery password on a host', () => {
  test('makes a new one, backs it up, and only then removes the old one; other volumes and other hosts stay as they are', () => {
    const ran = run('PC-1', { 'C:': [idText(1)], 'D:': [idText(7)] });
    expect(ran).toMatchObject({ code: 0, protectors: { 'C:': [idText(9)], 'D:': [idText(7)] } });
    expect(run('PC-9', { 'C:': [idText(7)] })).toMatchObject({ code: 0, protectors: { 'C:': [idText(7)] } });
    expect(ran.out).not.toMatch(/\d{6}-\d{6}/);
  });

  test('finds a host that was renamed since by its Key IDs', () => {
    expect(run('PC-9', { 'C:': [idText(1)] })).toMatchObject({ code: 0, protectors: { 'C:': [idText(9)] } });
  });

  test('does not say it was replaced when a Key ID of the host is on no drive, or manage-bde is not there', () => {
    expect(run('PC-1', { 'C:': [idText(7)] })).toMatchObject({ code: 2, out: expect.stringContaining(`${idText(1)} is on no drive of this host`), protectors: { 'C:': [idText(7)] } });
    expect(run('PC-1', { 'C:': [idText(1)] }, 'missing')).toMatchObject({ code: 1, out: expect.stringContaining('manage-bde.exe is not on this computer') });
  });

  test('leaves the old one when the new one can not be backed up or not be made, and says so by its exit code', () => {
    for (const fails of ['backup', 'add']) {
      const ran = run('PC-1', { 'C:': [idText(1)] }, fails);
      expect(ran).toMatchObject({ code: 1, protectors: { 'C:': [idText(1)] } });
      expect(ran.out).not.toMatch(/\d{6}-\d{6}/);
    }
  });
});

describe('the LAPS password of a host', () => {
  const run = (computer: string, stand: string): { readonly code: number; readonly out: string } => {
    const script = join(folder, 'laps.ps1');
    writeFileSync(script, hostScript([{ hostname: 'PC-1', deviceId: null, keyProtectorIds: [], laps: true, lapsOnly: true }, { hostname: 'PC-2', deviceId: null, keyProtectorIds: [idText(2)] }], '2024-07-19T08:00:00Z'));
    const { stdout, stderr } = spawnSync(engine, [], { encoding: 'utf8', input: `${stand}\n$env:COMPUTERNAME = '${computer}'\n& '${script}'\n"exit code $LASTEXITCODE"\n` });
    return { code: Number(/^exit code (-?\d+)$/m.exec(stdout)?.[1] ?? Number.NaN), out: `${stdout}${stderr}` };
  };

  test('is replaced by Windows LAPS on the host it was disclosed of, and on no other', () => {
    const stand = "function Reset-LapsPassword { [CmdletBinding()] param() 'reset' | Out-Host }\nfunction Get-CimInstance { param([string] $ClassName, [string] $Filter) }";
    expect(run('PC-1', stand)).toMatchObject({ code: 0, out: expect.stringContaining('LAPS password replaced') });
    expect(run('PC-2', stand).out).not.toContain('LAPS');
  });

  test('is said not to be replaced where Windows has no such command, or refuses', () => {
    expect(run('PC-1', '')).toMatchObject({ code: 1, out: expect.stringContaining('Reset-AdmPwdPassword -ComputerName PC-1') });
    expect(run('PC-1', "function Reset-LapsPassword { [CmdletBinding()] param() throw [System.InvalidOperationException]::new('a message') }")).toMatchObject({ code: 1, out: expect.stringContaining('NOT replaced: InvalidOperationException') });
  });
});

test('the script for Intune asks for each device what was disclosed of it, one by one, and says of each whether it was asked', () => {
  const [one, two, three] = ['0c5b0f6e-1111-4222-8333-444455556661', '0c5b0f6e-1111-4222-8333-444455556662', '0c5b0f6e-1111-4222-8333-444455556663'];
  const script = join(folder, 'intune.ps1');
  writeFileSync(script, intuneScript([
    { hostname: 'PC-1', deviceId: one, keyProtectorIds: [] }, { hostname: 'PC-2', deviceId: two, keyProtectorIds: [idText(1)], laps: true }, { hostname: 'PC-3', deviceId: three, keyProtectorIds: [], laps: true, lapsOnly: true },
  ], '2024-07-19T08:00:00Z'));
  const stand = `
function Connect-MgGraph { param([string[]] $Scopes) }
function Invoke-MgGraphRequest { param([string] $Method, [string] $Uri)
  if ($Method -eq 'POST') { "POST $Uri" | Out-Host; return }
  if ($Uri -like '*${three}*') { return @{ value = @() } }
  return @{ value = @(@{ id = 'managed-' + $Uri.Substring($Uri.Length - 2, 1) }) }
}`;
  const { stdout } = spawnSync(engine, [], { encoding: 'utf8', input: `${stand}\n$answers = & '${script}'\n$answers\n"exit code $LASTEXITCODE"\n` });
  expect(stdout).toContain('exit code 1');
  for (const line of ['PC-1: asked (rotateBitLockerKeys)', 'PC-2: asked (rotateBitLockerKeys)', 'PC-2: asked (rotateLocalAdminPassword)', 'PC-3: NOT asked (rotateLocalAdminPassword), not enrolled']) expect(stdout).toContain(line);
  expect(stdout).not.toContain('PC-1: asked (rotateLocalAdminPassword)');
});
