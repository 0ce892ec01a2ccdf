// Texts with keys in them as people paste, redirect and forward them: what each holds was written down before any reader saw it.
import { encode, idOf, passwordOf, withWrongGroup } from '../support.ts';
import { crlf, type Sent } from './sent-keys.ts';

const [I, P] = [idOf, passwordOf];

/** What `manage-bde -protectors -get C:` says, in the words of one language. */
const manageBde = (volume: string, all: string, numerical: string, password: string, n: number, gap = ''): string =>
  crlf(`${volume} [OS]`, all, '', `    TPM${gap}:`, `      ID${gap}: {${I(n + 50)}}`, `      PCR${gap}:`, '        7, 11', '', `    ${numerical}${gap}:`, `      ID${gap}: {${I(n)}}`, `      ${password}${gap}:`, `        ${P(n)}`, '');
const windowsText = (title: string, identifier: string, key: string, n: number): string =>
  crlf(title, '', '…', '', `${identifier}`, '', `\t${I(n)}`, '', '…', '', `${key}`, '', `\t${P(n)}`, '', '…', 'https://go.microsoft.com/fwlink/?LinkID=260589');

export const SENT_TEXTS: readonly Sent[] = [
  { what: 'manage-bde in English', file: encode(manageBde('Volume C:', 'All Key Protectors', 'Numerical Password', 'Password', 1), 'cp850'), keys: [[1, 1, null]] },
  { what: 'manage-bde in German, the host above it', file: encode(`Computername: KIEL-01\r\n\r\n${manageBde('Volume "C:"', 'Alle Schlüsselschutzvorrichtungen', 'Numerisches Kennwort', 'Kennwort', 1)}`, 'cp850'), keys: [[1, 1, 'KIEL-01']] },
  { what: 'manage-bde in French with its no-break spaces', file: encode(manageBde('Volume C:', 'Tous les protecteurs de clés', 'Mot de passe numérique', 'Mot de passe', 1, '\u00a0'), 'cp850'), keys: [[1, 1, null]] },
  { what: 'manage-bde in Spanish, redirected by PowerShell', file: encode(manageBde('Volumen C:', 'Todos los protectores de clave', 'Contraseña numérica', 'Contraseña', 1), 'utf-16le-bom'), keys: [[1, 1, null]] },
  { what: 'manage-bde in Italian', file: encode(manageBde('Volume C:', 'Tutte le protezioni con chiave', 'Password numerica', 'Password', 1), 'latin-1'), keys: [[1, 1, null]] },
  { what: 'manage-bde in Polish', file: manageBde('Wolumin C:', 'Wszystkie funkcje ochrony kluczy', 'Hasło numeryczne', 'Hasło', 1), keys: [[1, 1, null]] },
  { what: 'manage-bde in Dutch', file: manageBde('Volume C:', 'Alle sleutelbeveiligingen', 'Numeriek wachtwoord', 'Wachtwoord', 1), keys: [[1, 1, null]] },
  { what: 'manage-bde in Russian, in UTF-16 without a mark', file: encode(manageBde('Том C:', 'Все предохранители ключа', 'Числовой пароль', 'Пароль', 1), 'utf-16le'), keys: [[1, 1, null]] },
  { what: 'manage-bde of three hosts, one after the other, of PsExec', file: [1, 2, 3].map((n) => `\r\n\\\\KIEL-0${n}:\r\n\r\n${manageBde('Volume C:', 'All Key Protectors', 'Numerical Password', 'Password', n)}`).join(''), keys: [[1, 1, 'KIEL-01'], [2, 2, 'KIEL-02'], [3, 3, 'KIEL-03']] },
  { what: 'manage-bde of two hosts, the second not named', file: `Computer: KIEL-01\r\n${manageBde('Volume C:', 'All Key Protectors', 'Numerical Password', 'Password', 1)}\r\n${manageBde('Volume C:', 'All Key Protectors', 'Numerical Password', 'Password', 2)}`, keys: [[1, 1, 'KIEL-01'], [2, 2, null]] },
  { what: 'manage-bde about a locked volume', file: crlf('Volume C: [Label Unknown]', 'All Key Protectors', '', '    TPM And PIN:', `      ID: {${I(8)}}`, '', '    Numerical Password:', `      ID: {${I(1)}}`), notes: ['key-protector-ids-only'] },
  { what: 'Windows’ own file in English', file: encode(windowsText('BitLocker Drive Encryption recovery key', 'Identifier:', 'Recovery Key:', 1), 'utf-16le-bom'), keys: [[1, 1, null]] },
  { what: 'Windows’ own file in German, saved again as UTF-8', file: encode(windowsText('Wiederherstellungsschlüssel für die BitLocker-Laufwerkverschlüsselung', 'Bezeichner:', 'Wiederherstellungsschlüssel:', 1), 'utf-8-bom'), keys: [[1, 1, null]] },
  { what: 'Windows’ own files in Portuguese and Czech, laid end to end', file: encode(windowsText('Chave de recuperação', 'Identificador:', 'Chave de Recuperação:', 1) + windowsText('Obnovovací klíč nástroje BitLocker', 'Identifikátor:', 'Obnovovací klíč:', 2), 'utf-16le-bom'), keys: [[1, 1, null], [2, 2, null]] },
  { what: 'Windows 7’s file with its short ID first', file: encode(crlf('BitLocker Drive Encryption Recovery Key ', `Recovery key identification: ${I(1).slice(0, 16)}`, `Full recovery key identification: ${I(1)}`, 'BitLocker Recovery Key:', P(1)), 'utf-16le-bom'), keys: [[1, 1, null]] },
  { what: 'the listing of Microsoft’s VBS sample', file: crlf('Accessing object: LDAP://CN=KIEL-01,OU=Kiel,DC=corp,DC=example', `name: 2024-07-11T06:11:12-00:00{${I(1)}}`, `msFVE-RecoveryGuid: {${I(1)}}`, `msFVE-RecoveryPassword: ${P(1)}`, '', `name: 2023-07-11T06:11:12-00:00{${I(2)}}`, `msFVE-RecoveryGuid: {${I(2)}}`, `msFVE-RecoveryPassword: ${P(2)}`), keys: [[1, 1, 'KIEL-01'], [2, 2, 'KIEL-01']] },
  { what: 'ADUC’s Copy Details', file: crlf('Recovery Password:', `  ${P(1)}`, '', 'Computer: KIEL-01', 'Date: 2024-07-11 06:11:12 +0200', `Password ID: ${I(1)}`), keys: [[1, 1, 'KIEL-01']] },
  { what: 'Microsoft’s console text of keys', file: crlf('Device name: KIEL-01', ` Key id: ${I(1).toLowerCase()}`, ` BitLocker recovery key: ${P(1)}`, 'Device name: KIEL-02', ` Key id: ${I(2).toLowerCase()}`, ` BitLocker recovery key: ${P(2)}`), keys: [[1, 1, 'KIEL-01'], [2, 2, 'KIEL-02']] },
  { what: 'a chat with several keys', file: ['[09:12] Ann: anyone got KIEL-01?', `[09:13] Bob: KIEL-01 key id ${I(1)} -> ${P(1)}`, '[09:14] Ann: thx. and KIEL-02?', `[09:15] Bob: KIEL-02: ${P(2)}`, '[09:16] Cem: works', ''].join('\n'), keys: [[1, 1, 'KIEL-01'], [null, 2, 'KIEL-02']] },
  { what: 'a chat in which the answer names nobody', file: ['[09:12, 19.07.2024] Ann: brauche Schlüssel für KIEL-01 und KIEL-02', `[09:13, 19.07.2024] Bob: ${P(1)}`, `[09:14, 19.07.2024] Bob: ${P(2)}`, ''].join('\n'), keys: [[null, 1, null], [null, 2, null]] },
  { what: 'keys typed over several lines, with typographic dashes', file: ['PC-0001', P(1).replaceAll('-', '\u2013').replace(/^(.{27})\u2013/, '$1\n'), '', 'PC-0002', P(2).replaceAll('-', ' '), ''].join('\n'), keys: [[null, 1, 'PC-0001'], [null, 2, 'PC-0002']] },
  { what: 'notes with a slip in one group', file: crlf('PC-0001', withWrongGroup(P(1), 4), 'PC-0002', P(2)), keys: [[null, 2, 'PC-0002']], rejected: [[2, 'wrong-groups']] },
  { what: 'a log of a script with times', file: crlf(`2024-07-19 09:12:33 INFO KIEL-01 KeyProtectorId={${I(1)}} RecoveryPassword=${P(1)}`, '2024-07-19 09:12:34 ERROR KIEL-02 RPC server unavailable', `2024-07-19 09:12:35 INFO KIEL-03 KeyProtectorId={${I(3)}} RecoveryPassword=${P(3)}`), keys: [[1, 1, 'KIEL-01'], [3, 3, 'KIEL-03']] },
  { what: 'Get-BitLockerVolume in Format-List', file: encode(crlf('', `ComputerName         : KIEL-01`, 'MountPoint           : C:', `KeyProtector         : {Tpm, RecoveryPassword}`, '', `KeyProtectorId       : {${I(1)}}`, 'KeyProtectorType     : RecoveryPassword', `RecoveryPassword     : ${P(1)}`, ''), 'utf-16le-bom'), keys: [[1, 1, 'KIEL-01']] },
  { what: 'a transcript of PowerShell at two computers', file: crlf('[KIEL-01]: PS C:\\> (Get-BitLockerVolume C:).KeyProtector', `KeyProtectorId      : {${I(1)}}`, 'KeyProtectorType    : RecoveryPassword', `RecoveryPassword    : ${P(1)}`, '', '[KIEL-02]: PS C:\\> (Get-BitLockerVolume C:).KeyProtector', `KeyProtectorId      : {${I(2)}}`, 'KeyProtectorType    : RecoveryPassword', `RecoveryPassword    : ${P(2)}`, '', 'PS C:\\> (Get-BitLockerVolume C:).KeyProtector', `KeyProtectorId      : {${I(3)}}`, 'KeyProtectorType    : RecoveryPassword', `RecoveryPassword    : ${P(3)}`, ''), keys: [[1, 1, 'KIEL-01'], [2, 2, 'KIEL-02'], [3, 3, null]] },
  { what: 'a list in YAML', file: ['hosts:', '  - name: kiel-01', `    key_id: ${I(1)}`, `    recovery_password: "${P(1)}"`, '  - name: kiel-02', `    key_id: ${I(2)}`, `    recovery_password: "${P(2)}"`, ''].join('\n'), keys: [[1, 1, 'KIEL-01'], [2, 2, 'KIEL-02']] },
  { what: 'the printed page of a portal', file: crlf('Contoso', 'Devices > KIEL-01', 'BitLocker Key Id', I(1).toLowerCase(), 'BitLocker Recovery Key', P(1), 'Drive type', 'Operating system drive'), keys: [[1, 1, null]] },
];
