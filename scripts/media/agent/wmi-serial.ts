// NOT IN WINE: WMI (test/MANUAL.md). Second way: none, the record goes without the serial number.

declare const GetObject: (name: string) => { InstancesOf(name: string): never };
declare const Enumerator: new (collection: never) => { atEnd(): boolean; moveNext(): void; item(): { readonly SerialNumber: unknown } };

/** @returns The serial number the firmware states, or null where WMI or a usable value is missing. Never throws. */
export function readSerialNumber(): string | null {
  try {
    for (const each = new Enumerator(GetObject('winmgmts:\\\\.\\root\\cimv2').InstancesOf('Win32_BIOS')); !each.atEnd(); each.moveNext()) {
      const serialNumber = String(each.item().SerialNumber).replace(/^\s+|\s+$/g, '');
      if (serialNumber !== '' && serialNumber !== 'null' && serialNumber.length <= 200) return serialNumber;
    }
  } catch (error) {
    // Wine, or a WinPE whose WMI does not answer.
  }
  return null;
}
