// A stick on Windows, with a file in place of its disk: the desk's own words and script in the real engine, the cmdlets of Windows as Microsoft documents them.
import { execFileSync, spawnSync } from 'node:child_process';
import { constants } from 'node:fs';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OF_WINDOWS, windowsDisks } from '../../electron/desk/disks/windows-disks.ts';
import { hasTable, isUntouched, makeFileDisk, writeOnto, type FileDisk } from '../desk/disks/writing.ts';

const folder = mkdtempSync(join(tmpdir(), 'bluelift-usb-disk-'));
const engine = join(folder, 'engine', 'powershell-engine');
const SCRIPT = join(import.meta.dirname, '../../scripts/desk/Clear-UsbDisk.ps1');
const SIZE_BYTES = 300 * 1024 * 1024;
const WANTED = { id: String.raw`\\.\PhysicalDrive2`, serial: "4C53'0001", sizeBytes: SIZE_BYTES };

let disk: FileDisk;
beforeAll(() => {
  execFileSync('dotnet', ['publish', join(import.meta.dirname, 'engine'), '--configuration', 'Release', '--output', join(folder, 'engine'), '--artifacts-path', join(folder, 'artifacts'), '--nologo', '--verbosity', 'quiet'], { env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1' } });
});
beforeEach(() => {
  disk = makeFileDisk(join(folder, 'disk'), SIZE_BYTES);
  lend({});
});
afterAll(() => {
  delete process.env['BLUELIFT_ENGINE_PROFILE'];
  rmSync(folder, { recursive: true });
});

/** What Windows has in mind of disk 2, kept in a file from one PowerShell to the next. */
interface State {
  readonly serial: string; readonly size: number; readonly bus: number; readonly style: number; readonly partitions: number; readonly boot: number; readonly offline: number; readonly readonly: number;
  /** A switch on its side: the setting can not be lifted. */ readonly switch: number;
  /** How often Clear-Disk fails, and with which code; -1: always. */ readonly fails: number; readonly code: number;
  /** Another one is in the port from the second look on. */ readonly swapped: number;
}
const FRESH: State = { serial: ` ${WANTED.serial} `, size: SIZE_BYTES, bus: 7, style: 1, partitions: 1, boot: 0, offline: 0, readonly: 0, switch: 0, fails: 0, code: 4, swapped: 0 };

function lend(changes: Partial<State>): void {
  const state = join(folder, 'state');
  const log = join(folder, 'log');
  writeFileSync(state, Object.entries({ ...FRESH, ...changes }).map(([name, value]) => `${name}=${value}\n`).join(''));
  writeFileSync(log, '');
  writeFileSync(join(folder, 'profile.ps1'), `
function Read-State { $s = @{}; foreach ($line in [IO.File]::ReadAllLines('${state}')) { $at = $line.IndexOf('='); $s[$line.Substring(0, $at)] = $line.Substring($at + 1) }; $s }
function Write-State($s) { [IO.File]::WriteAllLines('${state}', [string[]]@($s.Keys | ForEach-Object { "$_=$($s[$_])" })) }
function Write-Log([string] $text) { [IO.File]::AppendAllText('${log}', "$text\`n") }
function New-Failure([int] $code, [string] $cmdlet) {
  [System.Management.Automation.ErrorRecord]::new([System.InvalidOperationException]::new('Eine Meldung in irgendeiner Sprache'), "StorageWMI $code,$cmdlet", 'NotSpecified', $null)
}
function Get-Disk {
  [CmdletBinding()] param([int] $Number = -1)
  $s = Read-State
  if ($Number -ge 0) {
    if ($Number -ne 2) { Write-Error -ErrorRecord (New-Failure 0 'Get-Disk'); return }
    if ([int]$s.swapped -gt 0) { $s.swapped = [int]$s.swapped + 1; if ([int]$s.swapped -gt 2) { $s.serial = 'OTHER' }; Write-State $s }
  }
  [pscustomobject]@{
    Number = 2; FriendlyName = 'SanDisk Ultra'; SerialNumber = $s.serial; Size = [uint64]$s.size; LogicalSectorSize = [uint32]512; Guid = $null; IsBoot = [int]$s.boot -eq 1; IsSystem = $false; BootFromDisk = $false
    IsReadOnly = [int]$s.readonly -eq 1; IsOffline = [int]$s.offline -eq 1; IsClustered = $false; BusType = @{ '7' = 'USB'; '11' = 'SATA'; '12' = 'SD' }[$s.bus]
    CimInstanceProperties = @{ BusType = @{ Value = [uint16]$s.bus }; PartitionStyle = @{ Value = [uint16]$s.style } }
  }
}
function Get-Partition {
  [CmdletBinding()] param([int] $DiskNumber = 2)
  $s = Read-State
  if ([int]$s.partitions -eq 0) { Write-Error -ErrorRecord (New-Failure 0 'Get-Partition'); return }
  [pscustomobject]@{ DiskNumber = 2; DriveLetter = [char]'E'; GptType = $null; Size = [uint64]1; AccessPaths = @('E:\\') }
}
function Get-Volume { }
function Set-Disk {
  [CmdletBinding()] param([int] $Number, [bool] $IsOffline, [bool] $IsReadOnly)
  $s = Read-State
  Write-Log ('Set-Disk ' + ($PSBoundParameters.Keys -join ' '))
  if ([int]$s.switch -eq 1) { throw (New-Failure 41002 'Set-Disk') }
  if ($PSBoundParameters.ContainsKey('IsOffline')) { $s.offline = [int]$IsOffline }
  if ($PSBoundParameters.ContainsKey('IsReadOnly')) { $s.readonly = [int]$IsReadOnly }
  Write-State $s
}
function Clear-Disk {
  [CmdletBinding(SupportsShouldProcess = $true)] param([int] $Number, [switch] $RemoveData, [switch] $RemoveOEM)
  $s = Read-State
  Write-Log "Clear-Disk $Number $RemoveData $RemoveOEM"
  if ([int]$s.style -eq 0) { throw (New-Failure 41000 'Clear-Disk') }
  if ([int]$s.fails -ne 0) { $s.fails = [int]$s.fails - 1; Write-State $s; throw (New-Failure ([int]$s.code) 'Clear-Disk') }
  $s.style = 0; $s.partitions = 0
  Write-State $s
}
function diskpart.exe { $said = @($input); Write-Log ('diskpart ' + ($said -join ' ')); $s = Read-State; $s.style = 0; $s.partitions = 0; Write-State $s; 'DiskPart hat den Datentraeger bereinigt.' }
function Update-Disk { [CmdletBinding()] param([int] $Number) Write-Log "Update-Disk $Number" }
function Out-Null { param([Parameter(ValueFromPipeline = $true)] $Value) process { } }
function Start-Sleep { param([int] $Milliseconds) [Threading.Thread]::Sleep([Math]::Min($Milliseconds, 20)) }
function Select-Object {
  param([Parameter(ValueFromPipeline = $true)] $From, [Parameter(Position = 0)][object[]] $Property)
  process { $one = @{}; foreach ($name in $Property) { if ($name -is [hashtable]) { $one[$name.n] = $From | ForEach-Object $name.e } else { $one[$name] = $From.$name } }; $one }
}
`);
  process.env['BLUELIFT_ENGINE_PROFILE'] = join(folder, 'profile.ps1');
}

const calls = (): string[] => readFileSync(join(folder, 'log'), 'utf8').split('\n').filter((line) => line !== '');
const system = (waitMs = 5_000): ReturnType<typeof windowsDisks> => windowsDisks({ powershell: engine, flags: constants.O_RDWR, pathOf: () => disk.file, waitMs });
const write = (accepted: Parameters<typeof writeOnto>[3]['accepted'] = [], waitMs = 5_000): ReturnType<typeof writeOnto> => writeOnto(disk, WANTED, system(waitMs), { accepted, folder: join(folder, 'request') });

describe('a stick on Windows', () => {
  test('is cleared, written, read back, and Windows told to look at it again', async () => {
    expect(await system().list()).toMatchObject([{ id: WANTED.id, serial: WANTED.serial, sizeBytes: SIZE_BYTES, bus: 'usb', mounts: ['E:\\'] }]);
    expect(await write()).toMatchObject({ last: { kind: 'done', direct: true }, isWhole: true });
    expect(calls()).toEqual(['Clear-Disk 2 True True', 'Update-Disk 2']);
  });

  test('that is empty already is not cleared', async () => {
    lend({ style: 0, partitions: 0 });
    expect(await write()).toMatchObject({ last: { kind: 'done' }, isWhole: true });
    expect(calls()).toEqual(['Update-Disk 2']);
  });

  test('that somebody has open is cleared when they have let go, and named as in use when they do not', async () => {
    lend({ fails: 2 });
    expect(await write()).toMatchObject({ last: { kind: 'done' }, isWhole: true });
    expect(calls()).toEqual(['Clear-Disk 2 True True', 'Clear-Disk 2 True True', 'Clear-Disk 2 True True', 'Update-Disk 2']);
    disk = makeFileDisk(join(folder, 'another'), SIZE_BYTES);
    lend({ fails: -1 });
    expect((await write([], 900)).last).toMatchObject({ kind: 'failed', code: 'disk-busy', facts: { why: 'StorageWMI 4' } });
    expect(isUntouched(disk)).toBe(true);
    expect(calls()).not.toContain('Update-Disk 2');
  });

  test('that the storage cmdlets do not clear is cleared by diskpart', async () => {
    lend({ fails: -1, code: 1 });
    expect(await write()).toMatchObject({ last: { kind: 'done' }, isWhole: true });
    expect(calls()).toEqual(['Clear-Disk 2 True True', 'diskpart select disk 2 clean', 'Update-Disk 2']);
  });

  test('has an offline and a read-only setting lifted that somebody has seen, and no switch on its side', async () => {
    lend({ offline: 1, readonly: 1 });
    expect((await write()).last).toMatchObject({ kind: 'failed', code: 'disk-refused', facts: { reasons: ['set-aside'] } });
    expect(calls()).toEqual([]);
    expect(await write(['set-aside'])).toMatchObject({ last: { kind: 'done' }, isWhole: true });
    expect(calls()).toEqual(['Set-Disk Number IsOffline', 'Set-Disk Number IsReadOnly', 'Clear-Disk 2 True True', 'Update-Disk 2']);
    disk = makeFileDisk(join(folder, 'another'), SIZE_BYTES);
    lend({ readonly: 1, switch: 1 });
    expect((await write(['set-aside'])).last).toMatchObject({ kind: 'failed', code: 'disk-refused', facts: { reasons: ['read-only'] } });
    expect(isUntouched(disk)).toBe(true);
  });

  test('is left alone when another one is in the port by the time it would be cleared', async () => {
    lend({ swapped: 1 });
    expect((await write()).last).toMatchObject({ kind: 'failed', code: 'disk-not-found' });
    expect(isUntouched(disk)).toBe(true);
    expect(calls()).toEqual([]); // the desk had listed it, and the script had found it once
  });

  test('is opened for nobody else, past the cache and written through', () => {
    expect(OF_WINDOWS.flags & (0x10000000 | 0x02000000 | 0x04000000)).toBe(0x10000000 | 0x02000000 | 0x04000000);
    expect(OF_WINDOWS.pathOf(WANTED.id)).toBe(WANTED.id);
    expect(hasTable(disk)).toBe(true);
  });
});

describe('the script that erases looks itself', () => {
  const clear = (words: string): unknown => {
    const { stdout, stderr } = spawnSync(engine, ['-Command', `. '${SCRIPT}'; Clear-UsbDisk -Confirm:$false -Seconds 0 ${words}`], { encoding: 'utf8' });
    return stdout.trim() === '' ? stderr : JSON.parse(stdout);
  };
  const chosen = `-Number 2 -SerialNumber '4C53''0001' -SizeBytes ${SIZE_BYTES}`;

  test.each<[string, Partial<State>, string, object]>([
    ['another number', {}, chosen.replace('2', '3'), { status: 'not-found' }],
    ['another serial number', {}, chosen.replace('0001', '0002'), { status: 'not-found' }],
    ['the same serial number in other letters', { serial: "4c53'0001" }, chosen, { status: 'not-found' }],
    ['no serial number', { serial: '' }, chosen, { status: 'not-found' }],
    ['another size', { size: SIZE_BYTES + 512 }, chosen, { status: 'not-found' }],
    ['the disk Windows starts from', { boot: 1 }, chosen, { status: 'refused', reasons: ['system-disk'] }],
    ['a SATA disk, whatever the desk took it for', { bus: 11 }, chosen, { status: 'refused', reasons: ['not-a-stick'] }],
    ['somebody who says what would happen', {}, `${chosen} -WhatIf`, { status: 'busy' }],
  ])('at %s', (_what, state, words, said) => {
    lend(state);
    expect(clear(words)).toMatchObject(said);
    expect(calls()).toEqual([]);
  });

  test('and takes a stick without a serial number for one', () => {
    lend({ serial: '' });
    expect(clear(chosen.replace(/'4C.*1'/, "''"))).toEqual({ status: 'busy', code: '' });
    lend({ serial: '', style: 0, partitions: 0 });
    expect(clear(chosen.replace(/'4C.*1'/, "''"))).toEqual({ status: 'free' });
  });
});
