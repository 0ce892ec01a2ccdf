// What people read about writing a USB stick, in English.
import { n } from './counted-en.ts';

export const stickEn = {
  stick: {
    site: 'A site', siteOption: (site: string, hosts: number) => `${site}, ${n(hosts)} hosts`, scopeSite: (site: string) => `site ${site}`,
    isMedium: (id: string, state: string, holder: string | null) => `Medium ${id}: ${holder === null ? state.toLowerCase() : `issued to ${holder}`}`, inPort: 'Media in the ports of this desk',
    wasMedium: (id: string, now: 'erased' | 'overwritten', state: string) => `${now === 'erased' ? 'Erased' : 'Overwritten'}: was medium ${id} (${state.toLowerCase()})`, show: (id: string) => `Show ${id}`,
    readResults: 'Read results', resultsRead: (id: string, imported: number, unchanged: number, failed: number) => `${id}: ${n(imported)} results taken in, ${n(unchanged)} known already${failed === 0 ? '' : `, ${n(failed)} rejected`}`,
    renew: 'Renew', renewTitle: (id: string) => `Renew ${id}`, renewAct: (id: string) => `Renew ${id} on its stick`, renewMissing: (id: string) => `Medium ${id} is in no port of this desk. Plug it in; it appears here by itself.`,
    renewLead: (id: string) => `Its results are taken in, then it gets a new bundle, a new ID and new passcodes; base and agent stay and are compared. ${id} counts as wiped then, and its keys stay on the rotation list. It needs a new label.`,
    wipe: 'Wipe', wipeTitle: (id: string) => `Wipe ${id}?`, wipeLead: (name: string, size: string, serial: string, place: string) => `Results are taken in; then bundle, results and tables on ${name} (${size}, ${serial}, ${place}) are overwritten and read back. Its keys stay on the rotation list: whoever had the stick may have a copy.`,
    wipeAct: (name: string, size: string) => `Wipe ${name}, ${size}`, wiped: (id: string, results: number) => `${id} is wiped and read back; ${n(results)} results were taken in`, evenUnread: 'The results that can not be taken in may be lost',
    eraseSeveral: (count: number) => `Erase ${n(count)} sticks`, eraseSeveralTitle: (count: number) => `Erase ${n(count)} sticks?`, nth: (at: number, of: number, names: string) => `${n(at)} of ${n(of)}: ${names}`,
    noPasscode: 'No passcode: whoever holds such a medium and a list of key IDs can read every key on it. Its label says so in red; what comes back from it proves nothing about who wrote it.',
    withoutPasscode: (orderId: string, by: string) => `Without passcode, by order ${orderId} of ${by}`, orders: 'Media without passcode', order: 'Order a medium without passcode', withdraw: 'Withdraw', why: 'Why',
    driverless: (count: number) => (count === 1 ? 'One model shows no disk: what driver to get' : `${n(count)} models show no disk: what drivers to get`), model: 'Model', hosts: 'Hosts', stillBlocked: 'Still blocked', controllers: 'Controllers without a driver', noModel: 'no maker, no model',
    renewalOf: 'Renewal of',
    target: 'Written as', image: 'Image file', disk: 'USB stick', lead: 'Only what is used is written; then read back and compared.',
    none: 'No stick in sight. It appears here by itself once it is plugged in.', others: (count: number) => (count === 1 ? 'One disk that is not written, and why' : `${n(count)} disks that are not written, and why`),
    serial: (serial: string) => `serial number ${serial}`, noSerial: 'no serial number', empty: 'empty', looking: 'Looking for disks',
    erase: (name: string, size: string) => `Erase ${name}, ${size}`, eraseTitle: (name: string) => `Erase ${name}?`,
    eraseLead: (name: string, size: string, place: string, serial: string) => `Everything on ${name} (${size}, ${serial}, ${place}) will be gone.`,
    pulled: 'While it is written the stick has no partition table: unplugged now, it is an empty stick and no medium. Without the passcode no key record on it can be read.',
    cancelled: 'Writing was cancelled. The stick is no medium, and can be written again.', done: 'Written, read back and compared. The stick may be unplugged.',
  },
};
