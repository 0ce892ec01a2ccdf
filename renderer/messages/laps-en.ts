// Words for LAPS passwords, the passwords of local administrators.
export const lapsEn = {
  figures: (fresh: number, unchanged: number, conflicts: number) => `LAPS passwords: ${fresh} new, ${unchanged} unchanged${conflicts === 0 ? '' : `, ${conflicts} contradict another source`}`,
  encrypted: (hosts: number) => `${hosts} LAPS passwords are encrypted in the directory: only the accounts they are encrypted for can open them. One of these accounts can run Get-LapsADPassword -AsPlainText and export the answer as CSV or JSON for an import.`,
  removed: (count: number) => `${count} LAPS passwords removed.`,
  one: 'LAPS password', of: (account: string | null) => `LAPS password of ${account ?? 'the local administrator'}`,
  evidence: (at: string) => `newer LAPS password, ${at}`,
  count: 'LAPS passwords', description: 'Description', route: 'Route', routes: { stick: 'stick', 'read-out': 'read out', 'safe-boot': 'safe boot', 'attached-disk': 'attached disk', none: 'none yet' },
  disclose: 'Disclose LAPS password', ofHost: 'LAPS passwords of this host', builtIn: 'built-in administrator', latest: 'latest', earlier: 'earlier', account: 'Account', set: 'Set', ends: 'Ends', sourceRow: (source: string, row: number) => `${source}, row ${row}`,
  conflict: 'Another source gives another password of the same moment: both may have to be tried.', notLatest: 'There is a later password of this account. Try this one only when that one is refused: the host may have been away when it was replaced.',
  over: 'Its time is over. A host that was off since then still has it: LAPS replaces it only while Windows runs.',
  inSight: 'LAPS password in sight', character: (at: number, of: number) => `Character ${at} of ${of}`, next: 'Next character', nextKey: 'next', characters: 'Characters', back: 'Character before', again: 'From the beginning', classes: { capital: 'capital', small: 'small', digit: 'digit', sign: 'sign' },
  note: 'One character at a time, with capital or small. Showing it again is a new disclosure.', codesNote: 'A scanner types signs as its keyboard layout is set: compare what the sign-in screen shows.',
  due: 'Its rotation is due: LAPS replaces it when it ends, or at once when the rotation is handed over. A newer one that is imported confirms it.',
  stepsTitle: 'Into Windows by safe boot, step by step', steps: [
    'Works where the volume opens by itself at the start (TPM without PIN). Plug in the power cable.', 'Let it fail to start until “See advanced repair options” appears; then Troubleshoot, Advanced options, Command Prompt.',
    'It asks for the recovery key: choose “Skip this drive”.', 'Type bcdedit /set {default} safeboot minimal and press Enter. It answers that the operation completed.',
    'Close the window and choose Continue. The computer starts in safe mode: black, with “Safe Mode” in the corners.', 'Choose Other user. The user is .\\ and the account named here, the password is read out from this screen.',
    'Remove what the recipe names, or have it done.', 'Open a command prompt as administrator and type bcdedit /deletevalue {default} safeboot. Without it the computer starts in safe mode again and again.', 'Restart. Say whether the usual sign-in screen appears.',
  ],
};
export type LapsWords = typeof lapsEn;
