#Requires -Version 5.1

function Clear-UsbDisk {
    <#
    .SYNOPSIS
    Takes a USB disk or memory card away from Windows, so that it can be written raw. What is on it is gone.

    .DESCRIPTION
    Windows lets nobody write where a mounted volume lies, and only a disk without partitions has none. Looks once more whether the
    disk of that number is the one that was chosen, by serial number, size and bus, and whether Windows itself needs it; lifts an
    offline or read-only setting; then removes every partition, again and again for as long as somebody has the disk open.
    Goes by numbers (bus types, partition styles, codes of the storage provider) and never by words, which are translated.

    .PARAMETER Number
    Of the disk, as Get-Disk counts: 2 is \\.\PhysicalDrive2.

    .PARAMETER SerialNumber
    As Get-Disk says it, without blanks around. Empty: the disk tells none.

    .PARAMETER SizeBytes
    Bytes of the whole disk.

    .PARAMETER Seconds
    How long somebody who has the disk open is waited for.

    .OUTPUTS
    One line of JSON:
      { "status": "free" }
      { "status": "not-found" }                            no such disk, or another one has its number now
      { "status": "refused", "reasons": ["system-disk"] }  also clustered, not-a-stick, read-only, offline
      { "status": "busy", "code": "StorageWMI 4" }         still not free after that time; the code of the last failure, if any
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(
        [Parameter(Mandatory = $true)][ValidateRange(0, 4095)][int] $Number,
        [Parameter(Mandatory = $true)][AllowEmptyString()][string] $SerialNumber,
        [Parameter(Mandatory = $true)][long] $SizeBytes,
        [ValidateRange(0, 600)][int] $Seconds = 15
    )

    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'

    # USB, SD, MMC in the bus types of MSFT_Disk; 0 in its partition styles is a disk without a table.
    $sticks = 7, 12, 13
    $notSupported = 'StorageWMI 1'

    $numberOf = { param($Object, [string] $Property) [int]$Object.CimInstanceProperties[$Property].Value }
    $codeOf = {
        param($Failure)
        # "StorageWMI 41002,Clear-Disk" where the provider answers, an HRESULT elsewhere.
        if ([string]$Failure.FullyQualifiedErrorId -match '^StorageWMI \d+') { return $Matches[0] }
        '0x{0:X8}' -f $Failure.Exception.HResult
    }
    $findChosen = {
        $found = Get-Disk -Number $Number -ErrorAction SilentlyContinue
        if ($null -ne $found -and ([string]$found.SerialNumber).Trim() -ceq $SerialNumber -and [long]$found.Size -eq $SizeBytes) { $found }
    }
    $isFree = {
        param($Found)
        (& $numberOf $Found 'PartitionStyle') -eq 0 -and @(Get-Partition -DiskNumber $Number -ErrorAction SilentlyContinue).Count -eq 0
    }
    $answer = { param([hashtable] $Said) ConvertTo-Json -InputObject $Said -Compress }

    $disk = & $findChosen
    if ($null -eq $disk) { return & $answer @{ status = 'not-found' } }
    $reasons = @()
    if ($disk.IsBoot -or $disk.IsSystem -or $disk.BootFromDisk) { $reasons += 'system-disk' }
    if ($disk.IsClustered) { $reasons += 'clustered' }
    if ($sticks -notcontains (& $numberOf $disk 'BusType')) { $reasons += 'not-a-stick' }
    if ($reasons.Count -gt 0) { return & $answer @{ status = 'refused'; reasons = $reasons } }
    if (-not $PSCmdlet.ShouldProcess("disk $Number, $SerialNumber, $SizeBytes bytes", 'Remove every partition')) { return & $answer @{ status = 'busy' } }

    # A setting of Windows can be lifted, a switch on the stick's side can not.
    try { if ($disk.IsOffline) { Set-Disk -Number $Number -IsOffline $false } } catch { return & $answer @{ status = 'refused'; reasons = @('offline') } }
    try { if ($disk.IsReadOnly) { Set-Disk -Number $Number -IsReadOnly $false } } catch { return & $answer @{ status = 'refused'; reasons = @('read-only') } }

    $code = ''
    $until = [DateTime]::UtcNow.AddSeconds($Seconds)
    for (;;) {
        $disk = & $findChosen
        if ($null -eq $disk) { return & $answer @{ status = 'not-found' } }
        if ($disk.IsReadOnly) { return & $answer @{ status = 'refused'; reasons = @('read-only') } }
        if (& $isFree $disk) { return & $answer @{ status = 'free' } }
        if ([DateTime]::UtcNow -gt $until) { return & $answer @{ status = 'busy'; code = $code } }
        try { Clear-Disk -Number $Number -RemoveData -RemoveOEM -Confirm:$false }
        catch {
            $code = & $codeOf $_
            # Some sticks are cleared by diskpart only. What it says is not looked at, the disk is.
            if ($code -eq $notSupported) { "select disk $Number", 'clean' | diskpart.exe | Out-Null }
            Start-Sleep -Milliseconds 500
        }
    }
}
