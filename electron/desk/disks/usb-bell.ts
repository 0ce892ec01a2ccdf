// The bell: something was plugged into USB or pulled. It says nothing more; the listing of the system says what is there.

import { existsSync } from 'node:fs';

const LINUX_BUS = '/sys/bus/usb/devices';
/** A stick is a disk for the system a second or two after it was plugged in, a slow one later. */
const RING_AGAIN_AFTER_MS = [0, 1000, 2500, 5000];

/**
 * Rings until it is taken down.
 *
 * @param ring Called when something has changed and some times after it, so that whoever looks again meets what the system has made of it.
 * @returns Takes it down. Where USB can not be listened to (no such bus, no right to, no library for this system) it never rings. Never throws.
 */
export async function hangUsbBell(ring: () => void): Promise<() => void> {
  if (process.platform === 'linux' && !existsSync(LINUX_BUS)) return () => undefined; // the library fails later, where nobody can catch it, and takes the desk with it
  const timers = new Set<NodeJS.Timeout>();
  const heard = (): void => {
    for (const after of RING_AGAIN_AFTER_MS) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        ring();
      }, after);
      timer.unref();
      timers.add(timer);
    }
  };
  try {
    const { WebUSB } = await import('usb');
    const bus = new WebUSB({ allowAllDevices: true });
    await bus.getDevices(); // where there is no bus, listening fails later and out of reach, which would end the desk
    bus.addEventListener('connect', heard);
    bus.addEventListener('disconnect', heard);
    return () => {
      bus.removeEventListener('connect', heard);
      bus.removeEventListener('disconnect', heard);
      for (const timer of timers) clearTimeout(timer);
    };
  } catch {
    return () => undefined;
  }
}
