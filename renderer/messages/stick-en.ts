// What people read about writing a USB stick, in English.
const n = (value: number): string => value.toLocaleString('en-GB');

export const stickEn = {
  stick: {
    target: 'Written as', image: 'Image file', disk: 'USB stick', lead: 'Only what is used is written; then read back and compared.',
    none: 'No stick in sight. It appears here by itself once it is plugged in.', others: (count: number) => (count === 1 ? 'One disk that is not written, and why' : `${n(count)} disks that are not written, and why`),
    serial: (serial: string) => `serial number ${serial}`, noSerial: 'no serial number', empty: 'empty', looking: 'Looking for disks',
    erase: (name: string, size: string) => `Erase ${name}, ${size}`, eraseTitle: (name: string) => `Erase ${name}?`,
    eraseLead: (name: string, size: string, place: string, serial: string) => `Everything on ${name} (${size}, ${serial}, ${place}) will be gone.`,
    pulled: 'While it is written the stick has no partition table: unplugged now, it is an empty stick and no medium. Without the passcode no key record on it can be read.',
    cancelled: 'Writing was cancelled. The stick is no medium, and can be written again.', done: 'Written, read back and compared. The stick may be unplugged.',
  },
};
