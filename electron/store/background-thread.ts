// Threads that work ahead give way to the one that answers people.
import { constants, setPriority } from 'node:os';

/**
 * Lets the calling thread wait when the processors are busy; call it first in a thread's entry.
 *
 * @source setpriority(2): on Linux the priority belongs to the thread. Elsewhere it is the whole process's, which must stay as it is.
 */
export function giveWay(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
