// The sealed key bundle behind the passcode: opened anew in every turn that needs it, because nothing secret outlives one.
import { parsePasscode } from '../../../electron/core/media/passcode.ts';
import { parseInstant } from '../../../electron/core/media/field-values.ts';
import { attempt } from './attempt.ts';
import type { World } from './attempt.ts';
import { openSlot, readHeader } from './bundle.ts';
import type { OpenBundle } from './bundle.ts';
import { notice } from './state.ts';
import { readHyphens } from './typed-hyphens.ts';

/** A medium without a passcode asks for none. When its bundle can not be opened, the screen says so and a person goes on without. */
export function askPasscode(world: World): void {
  world.state.step = 'passcode';
  if (world.medium !== null && world.medium.openPasscode !== '') withBundle(world, (bundle) => attempt(world, bundle, null));
}

/**
 * Derives the keys again from the passcode the launcher holds; without one goes on without a bundle. What the person hears of
 * a wrong passcode or a damaged bundle is a notice on the passcode screen.
 */
export function withBundle(world: World, use: (bundle: OpenBundle | null) => void): null {
  const { ports, state, medium } = world;
  if (medium === null) return notice(state, 'ask.no-medium', '');
  const entered = ports.console.passcode();
  const parsed = parsePasscode(entered.replace(/\s/g, '') === '' ? medium.openPasscode : readHyphens(entered));
  if (parsed.status !== 'ok' || (state.slot === 0 && state.step !== 'passcode')) {
    use(null);
    return null;
  }
  world.show('work.passcode');
  const read = readHeader(ports.files, `${medium.root}bundle\\`);
  if (read.status !== 'ok') return notice(state, `bundle.${read.status}`, '');
  const start = ports.console.nowMs();
  const opened = openSlot(read.header, parsed.passcode);
  state.passcodeMs = ports.console.nowMs() - start;
  if (opened.status === 'wrong-passcode') state.wrongPasscodes++;
  if (opened.status !== 'ok') return opened.status === 'damaged' ? notice(state, 'bundle.damaged', '') : notice(state, 'passcode.wrong', medium.mediaId);
  state.slot = opened.bundle.slot;
  use(opened.bundle);
  const expiresAtMs = parseInstant(medium.expiresAt);
  if (state.step === 'finished' && state.notice === '' && expiresAtMs !== null && ports.console.nowMs() > expiresAtMs) notice(state, 'bundle.expired', '');
  return null;
}
