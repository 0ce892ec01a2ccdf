// Which lists of hosts say that nobody is down.
import type { IntakeKind } from '../../formats/intake/intake.ts';

/** Exports of what an organisation owns (MDM, CMDB, directory), and of its keys: they say what a host is, and not that it is down. Consoles and plain names are lists of the affected. */
export const INVENTORIES: ReadonlySet<IntakeKind> = new Set(['ad-csv', 'ldif', 'computers-csv', 'intune-csv', 'entra-devices-csv', 'configmgr-csv', 'servicenow-csv', 'snipe-it-csv', 'inventory-csv', 'inventory-json', 'laps-csv', 'laps-json', 'bitlocker-volume-csv', 'keys-json', 'graph-json', 'extract-bitlocker-keys-json']);
