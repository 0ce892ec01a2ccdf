// Words for asking a directory or a tenant for one host, and for rotations done live.
export const liveEn = {
  directoryLead: 'Reads this computer, what lies below it and its LAPS password. The question is on record; what is found comes in as an import.',
  tenantLead: 'Reads the keys of this device and its LAPS password; the tenant writes each into its own audit log. The sign-in lasts as long as the vault is open.',
  askFor: (what: string) => `Ask for ${what} where keys are kept:`, ask: 'Ask', asking: 'Asking', goOn: 'Go on with the call', nothing: 'Asked, and not known there.',
  found: (rows: number, laps: number) => `Found: ${rows} ${rows === 1 ? 'record' : 'records'}${laps === 0 ? '' : ` and ${laps} ${laps === 1 ? 'LAPS password' : 'LAPS passwords'}`}.`,
};
export type LiveWords = typeof liveEn;

export const rotationLiveEn = {
  open: 'Through Intune', title: 'Have Intune rotate', lead: 'Asks Intune for each host to rotate its recovery passwords, and its LAPS password where that was disclosed. Only what Intune accepts counts as asked; importing the new keys confirms it.',
  rights: 'Rights: DeviceManagementManagedDevices.Read.All, DeviceManagementManagedDevices.PrivilegedOperations.All; a person also needs an Intune role with “Rotate BitLocker Keys”.',
  act: 'Ask Intune', close: 'Close', progress: (done: number, hosts: number) => `${done} of ${hosts} hosts asked for`, done: (asked: number, notAsked: number) => `${asked} accepted${notAsked === 0 ? '' : `, ${notAsked} not asked`}.`, notAsked: 'Not asked', more: (count: number) => `and ${count} more`,
  things: { 'recovery-passwords': 'recovery passwords', 'laps-password': 'LAPS password' }, outcomes: { asked: 'asked', 'no-device-id': 'no Entra device ID known', 'not-enrolled': 'not enrolled in Intune', refused: 'refused by Intune' }, byGraph: 'Intune, live',
};
export type RotationLiveWords = typeof rotationLiveEn;
