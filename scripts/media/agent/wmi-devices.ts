// NOT IN WINE: WMI of devices (test/MANUAL.md). Second way: none, the record goes without the names of what lacks a driver.
import type { MissingDriver } from '../../../electron/core/media/attempt-record.ts';

type Device = { readonly HardwareID: unknown; readonly CompatibleID: unknown; readonly Name: unknown };
declare const GetObject: (name: string) => { ExecQuery(query: string): never };
declare const Enumerator: new (collection: never) => { atEnd(): boolean; moveNext(): void; item(): Device };
declare const VBArray: new (values: unknown) => { toArray(): unknown[] };

/** Class 01 of the PCI bus: mass storage, RAID and VMD among it. */
const STORAGE = /&CC_01/;
const MOST = 4;

/** @returns Storage controllers without a driver (problem code 28), by the hardware ID a driver's INF names. Never throws. */
export function listMissingDrivers(): MissingDriver[] {
  const missing: MissingDriver[] = [];
  try {
    const found = GetObject('winmgmts:\\\\.\\root\\cimv2').ExecQuery('SELECT * FROM Win32_PnPEntity WHERE ConfigManagerErrorCode = 28');
    for (const each = new Enumerator(found); !each.atEnd() && missing.length < MOST; each.moveNext()) {
      const device = each.item();
      const ids = textsOf(device.HardwareID);
      if (ids.length > 0 && STORAGE.test(ids.concat(textsOf(device.CompatibleID)).join(' '))) missing.push({ hardwareId: ids[0] || '', name: String(device.Name || '') });
    }
  } catch (error) {
    // Wine, or a WinPE whose WMI does not answer.
  }
  return missing;
}

function textsOf(values: unknown): string[] {
  const texts: string[] = [];
  const all = values === null || values === undefined ? [] : new VBArray(values).toArray();
  for (let i = 0; i < all.length; i++) texts.push(String(all[i]));
  return texts;
}
