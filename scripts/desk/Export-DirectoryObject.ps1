#Requires -Version 5.1

function Export-DirectoryObject {
    <#
    .SYNOPSIS
    Sends the computers, with their LAPS passwords, and recovery objects of a directory to a pipe, with the rights of whoever is signed in.

    .DESCRIPTION
    Reads with the module ActiveDirectory (RSAT) and writes nothing to the directory. Passwords go through the pipe only:
    nothing of them is put out, so that no history of the caller keeps them. The first line is the token out of the environment
    variable BLUELIFT_PIPE_TOKEN, so that the listener knows who has come. Then one JSON object a line (UTF-8):
      { "kind": "base", "base": "DC=..." }
      { "kind": "object", "dn": "...", "attributes": { "name": ["text", { "base64": "..." }] } }
      { "kind": "laps", "encrypted": 0 }                     computers whose LAPS password is encrypted; a readable one comes with its computer
      { "kind": "end" } or { "kind": "failed", "why": "no-module" or the name of an exception }

    .PARAMETER PipeName
    Name of a pipe on this computer that somebody listens on.

    .PARAMETER SearchBase
    Distinguished name below what is read. Left out: the whole domain.

    .PARAMETER Server
    Domain controller. Left out: the one Windows finds.

    .PARAMETER LDAPFilter
    Which objects, one search after the other. Left out: computers, then recovery objects.

    .PARAMETER PageSize
    Objects asked for at once, at most 1000.

    .OUTPUTS
    None. What there is to know goes through the pipe.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][string] $PipeName,
        [string] $SearchBase = '',
        [string] $Server = '',
        [string[]] $LDAPFilter = @('(objectCategory=computer)', '(objectClass=msFVE-RecoveryInformation)'),
        [ValidateRange(1, 1000)][int] $PageSize = 500
    )

    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $properties = 'whenCreated', 'msFVE-RecoveryPassword', 'msFVE-RecoveryGuid', 'msFVE-VolumeGuid', 'sAMAccountName', 'dNSHostName', 'operatingSystem', 'lastLogonTimestamp', 'location', 'description', 'serialNumber', 'objectGUID'

    $pipe = [System.IO.Pipes.NamedPipeClientStream]::new('.', $PipeName, [System.IO.Pipes.PipeDirection]::Out)
    $pipe.Connect(10000)
    $writer = [System.IO.StreamWriter]::new($pipe, [System.Text.UTF8Encoding]::new($false))
    try {
        $writer.WriteLine($env:BLUELIFT_PIPE_TOKEN)
        try {
            if ($null -eq (Get-Command -Name 'Get-ADObject' -ErrorAction SilentlyContinue)) {
                $writer.WriteLine('{"kind":"failed","why":"no-module"}')
                return
            }
            $where = @{}
            if ($Server -ne '') { $where['Server'] = $Server }
            $root = Get-ADRootDSE @where
            # An attribute that the schema does not know is refused by name, and with it the whole question.
            $laps = '(|(lDAPDisplayName=ms-Mcs-AdmPwd)(lDAPDisplayName=ms-Mcs-AdmPwdExpirationTime)(lDAPDisplayName=msLAPS-Password)(lDAPDisplayName=msLAPS-PasswordExpirationTime))'
            try {
                foreach ($attribute in @(Get-ADObject @where -SearchBase ([string]$root.schemaNamingContext) -LDAPFilter $laps -Properties 'lDAPDisplayName')) { $properties += [string]$attribute.lDAPDisplayName }
            }
            catch { <# without the schema there is nothing to say of LAPS #> }
            if ($SearchBase -eq '') { $SearchBase = [string]$root.defaultNamingContext }
            $where['SearchBase'] = $SearchBase
            $where['ResultPageSize'] = $PageSize
            $writer.WriteLine((ConvertTo-Json -InputObject @{ kind = 'base'; base = $SearchBase } -Compress))
            $writer.Flush() # whoever listens knows from now on that it works

            foreach ($filter in $LDAPFilter) {
                Get-ADObject @where -LDAPFilter $filter -Properties $properties | ForEach-Object -Process {
                    $attributes = @{ objectClass = @([string]$_.ObjectClass); name = @([string]$_.Name) }
                    foreach ($name in $properties) {
                        # An attribute that is not set or may not be read is no property at all.
                        $property = $_.PSObject.Properties[$name]
                        if ($null -eq $property -or $null -eq $property.Value) { continue }
                        $value = $property.Value
                        if ($value -is [byte[]]) { $attributes[$name] = @(@{ base64 = [Convert]::ToBase64String($value) }) }
                        elseif ($value -is [datetime]) { $attributes[$name] = @($value.ToUniversalTime().ToString('yyyyMMddHHmmss.0Z', [Globalization.CultureInfo]::InvariantCulture)) }
                        else { $attributes[$name] = @($value | ForEach-Object -Process { [string]$_ }) }
                    }
                    $writer.WriteLine((ConvertTo-Json -InputObject @{ kind = 'object'; dn = [string]$_.DistinguishedName; attributes = $attributes } -Compress -Depth 5))
                }
            }

            try {
                $encrypted = @(Get-ADObject @where -LDAPFilter '(msLAPS-EncryptedPassword=*)').Count
                $writer.WriteLine((ConvertTo-Json -InputObject @{ kind = 'laps'; encrypted = $encrypted } -Compress))
            }
            catch { <# a schema without LAPS does not know these attributes #> }
            $writer.WriteLine('{"kind":"end"}')
        }
        catch {
            # The name only: a message may quote what was read.
            $writer.WriteLine((ConvertTo-Json -InputObject @{ kind = 'failed'; why = $_.Exception.GetType().Name } -Compress))
        }
    }
    finally {
        try { $writer.Dispose() } catch { <# the listener has gone #> }
        $pipe.Dispose()
    }
}
