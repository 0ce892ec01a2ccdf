// Scripts that replace recovery passwords and LAPS passwords, written for Windows PowerShell 5.1. They name hosts and IDs, never a recovery password, and show none.
// They run with high rights on many machines: a name from a hand-over goes in only when nothing in it can end a string.

/** `laps`: its LAPS password was disclosed, too; `lapsOnly`: and no recovery password. */
export interface HostToRotate { readonly hostname: string; readonly deviceId: string | null; readonly keyProtectorIds: readonly string[]; readonly laps?: boolean; readonly lapsOnly?: boolean }

/** Whether a host name can stand between single quotes, of which PowerShell knows five: a name with any other letter is left out. */
export const isScriptName = (name: string): boolean => /^[A-Za-z0-9._-]{1,255}$/.test(name);
const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** A byte order mark, or Windows PowerShell reads the file in the machine's code page. */
const scriptFile = (lines: readonly string[]): string => `\ufeff${lines.join('\r\n')}\r\n`;

/**
 * @param at Instant, ISO-8601 UTC.
 * @returns A script that asks Intune to rotate the keys of each device (Graph `rotateBitLockerKeys`) and its LAPS password (`rotateLocalAdminPassword`). Hosts whose name or device ID is not of its form are left out.
 */
export function intuneScript(hosts: readonly HostToRotate[], at: string): string {
  const usable = hosts.filter(({ hostname, deviceId }) => isScriptName(hostname) && isGuid(deviceId ?? ''));
  // The comma before each pair keeps it one: PowerShell would join pairs that stand on lines of their own into one long list.
  const pairs = (list: readonly HostToRotate[]): string[] => list.map(({ hostname, deviceId }) => `  ,@('${hostname}', '${deviceId ?? ''}')`);
  return scriptFile([
    `# Bluelift, ${at}: asks Intune to rotate the BitLocker recovery passwords and LAPS passwords of ${hosts.length} devices.`,
    '# Windows PowerShell 5.1 or later with the module Microsoft.Graph.Authentication. Exit codes: 0 all were asked, 1 some were not (each is named).',
    '# Intune confirms nothing here: import the new keys into Bluelift afterwards, and it does.',
    '$ErrorActionPreference = \'Stop\'',
    '$devices = @(',
    ...pairs(usable.filter(({ lapsOnly }) => lapsOnly !== true)),
    ')',
    '$lapsDevices = @(',
    ...pairs(usable.filter(({ laps }) => laps === true)),
    ')',
    'Connect-MgGraph -Scopes \'DeviceManagementManagedDevices.Read.All\', \'DeviceManagementManagedDevices.PrivilegedOperations.All\' | Out-Null',
    '$failed = 0',
    'function Request-Rotation([object[]]$Device, [string]$Action) {',
    '  try {',
    '    $found = Invoke-MgGraphRequest -Method GET -Uri ("https://graph.microsoft.com/beta/deviceManagement/managedDevices?`$select=id&`$filter=azureADDeviceId eq \'{0}\'" -f $Device[1])',
    '    if (@($found.value).Count -eq 0) { throw \'not enrolled\' }',
    '    foreach ($managed in @($found.value)) {',
    '      Invoke-MgGraphRequest -Method POST -Uri (\'https://graph.microsoft.com/beta/deviceManagement/managedDevices/{0}/{1}\' -f $managed.id, $Action) | Out-Null',
    '    }',
    '    \'{0}: asked ({1})\' -f $Device[0], $Action',
    '  } catch {',
    '    $script:failed += 1',
    '    \'{0}: NOT asked ({1}), {2}\' -f $Device[0], $Action, $_.Exception.Message',
    '  }',
    '}',
    'foreach ($device in $devices) { Request-Rotation -Device $device -Action \'rotateBitLockerKeys\' }',
    'foreach ($device in $lapsDevices) { Request-Rotation -Device $device -Action \'rotateLocalAdminPassword\' }',
    'if ($failed -gt 0) { exit 1 }',
    'exit 0',
  ]);
}

/**
 * @param at Instant, ISO-8601 UTC.
 * @returns A script for the hosts themselves: each looks itself up in it. A new recovery password comes first, then its backup, and the old one goes last:
 *          whatever fails, the host never stands without a recovery password that is backed up. Reads exit codes and GUIDs, never words.
 *          A disclosed LAPS password is replaced by Windows LAPS at once (`Reset-LapsPassword`); legacy LAPS has no such command on the host, which is said.
 */
export function hostScript(hosts: readonly HostToRotate[], at: string): string {
  return scriptFile([
    `# Bluelift, ${at}: replaces disclosed BitLocker recovery passwords and LAPS passwords on ${hosts.length} hosts. Run it elevated on each of them, or through ConfigMgr (Run Scripts).`,
    '# Windows PowerShell 5.1. -BackupTo says where the new recovery password is kept: Directory (Active Directory) or Entra.',
    '# Exit codes: 0 replaced, or nothing of this host is in it; 1 something was left as it was (named by drive); 2 a Key ID of this host is on no drive of it: replaced before, or the drive could not be read.',
    '#Requires -Version 5.1',
    '#Requires -RunAsAdministrator',
    'param([ValidateSet(\'Directory\', \'Entra\')][string]$BackupTo = \'Directory\')',
    '$disclosed = @{',
    ...hosts.filter(({ hostname, keyProtectorIds }) => isScriptName(hostname) && keyProtectorIds.length > 0).map(({ hostname, keyProtectorIds }) => `  '${hostname}' = @(${keyProtectorIds.filter(isGuid).map((id) => `'${id}'`).join(', ')})`),
    '}',
    '$laps = @(',
    ...hosts.filter(({ hostname, laps }) => isScriptName(hostname) && laps === true).map(({ hostname }) => `  '${hostname}'`),
    ')',
    'function Get-ProtectorId([string]$Drive) {',
    '  $text = (& manage-bde.exe -protectors -get $Drive -Type RecoveryPassword 2>$null) -join "`n"',
    '  foreach ($match in [regex]::Matches($text, \'\\{([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\\}\')) { $match.Groups[1].Value.ToUpperInvariant() }',
    '}',
    '# The name that ends at 15 characters, and the whole one. A host that was renamed is found by its Key IDs.',
    '$names = @($env:COMPUTERNAME, [System.Net.Dns]::GetHostName())',
    '$hostOf = @{}',
    'foreach ($entry in $disclosed.GetEnumerator()) { foreach ($id in $entry.Value) { $hostOf[$id] = $entry.Key } }',
    '$missing = @($hostOf.GetEnumerator() | Where-Object { $names -contains $_.Value } | ForEach-Object { $_.Key })',
    '$failed = 0',
    '# A 32-bit PowerShell sees manage-bde in another folder.',
    'if ([IntPtr]::Size -eq 4 -and (Test-Path -LiteralPath ($env:windir + \'\\Sysnative\'))) { $env:PATH = $env:windir + \'\\Sysnative;\' + $env:PATH }',
    'if ($null -eq (Get-Command -Name manage-bde.exe -ErrorAction SilentlyContinue)) {',
    '  if ($missing.Count -gt 0) { $failed += 1; \'manage-bde.exe is not on this computer: no recovery password was replaced\' }',
    '} elseif ($hostOf.Count -gt 0) {',
    '  $backup = if ($BackupTo -eq \'Entra\') { \'-aadbackup\' } else { \'-adbackup\' }',
    '  foreach ($disk in @(Get-CimInstance -ClassName Win32_LogicalDisk -Filter \'DriveType = 3\')) {',
    '    $drive = $disk.DeviceID',
    '    $before = @(Get-ProtectorId $drive)',
    '    $gone = @($before | Where-Object { $hostOf.ContainsKey($_) })',
    '    $missing = @($missing | Where-Object { $gone -notcontains $_ })',
    '    if ($gone.Count -eq 0) { continue }',
    '    & manage-bde.exe -protectors -add $drive -RecoveryPassword > $null 2>&1',
    '    $new = @(Get-ProtectorId $drive | Where-Object { $before -notcontains $_ })',
    '    if ($new.Count -ne 1) { $failed += 1; $drive + \' no new recovery password could be made\'; continue }',
    '    & manage-bde.exe -protectors $backup $drive -id (\'{\' + $new[0] + \'}\') > $null 2>&1',
    '    if ($LASTEXITCODE -ne 0) {',
    '      & manage-bde.exe -protectors -delete $drive -id (\'{\' + $new[0] + \'}\') > $null 2>&1',
    '      $failed += 1; $drive + \' the new recovery password could not be backed up: the old one stays\'; continue',
    '    }',
    '    foreach ($id in $gone) {',
    '      & manage-bde.exe -protectors -delete $drive -id (\'{\' + $id + \'}\') > $null 2>&1',
    '      if ($LASTEXITCODE -ne 0) { $failed += 1; $drive + \' the old recovery password could not be removed\' }',
    '      else { $drive + \' \' + $id + \' replaced by \' + $new[0] }',
    '    }',
    '  }',
    '  foreach ($id in $missing) { $id + \' is on no drive of this host: replaced before, or the drive could not be read\' }',
    '}',
    'if (@($names | Where-Object { $laps -contains $_ }).Count -gt 0) {',
    '  if ($null -eq (Get-Command -Name Reset-LapsPassword -ErrorAction SilentlyContinue)) {',
    '    $failed += 1',
    '    \'LAPS: no Reset-LapsPassword here. Where legacy LAPS is used, run Reset-AdmPwdPassword -ComputerName \' + $env:COMPUTERNAME + \' from a computer with its module.\'',
    '  } else {',
    '    try { Reset-LapsPassword -ErrorAction Stop | Out-Null; \'LAPS password replaced\' }',
    '    catch { $failed += 1; \'LAPS password NOT replaced: \' + $_.Exception.GetType().Name }',
    '  }',
    '}',
    'if ($failed -gt 0) { exit 1 }',
    'if ($missing.Count -gt 0) { exit 2 }',
    'exit 0',
  ]);
}
