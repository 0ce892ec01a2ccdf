// What people read, in German: the same keys as en.ts, or the type check fails.
import { actsDe } from './acts-de.ts';
import { courseDe } from './course-de.ts';
import { crewDe } from './crew-de.ts';
import type { Messages } from './en.ts';
import { deskEventsDe } from './desk-events-de.ts';
import { errorsDe } from './errors-de.ts';
import { etaDe } from './eta-de.ts';
import { frameDe } from './frame-de.ts';
import { helpDe } from './help-de.ts';
import { hostsDe } from './hosts-de.ts';
import { intakeDe } from './intake-de.ts';
import { lapsDe } from './laps-de.ts';
import { liveDe, rotationLiveDe } from './live-de.ts';
import { loadersDe } from './loaders-de.ts';
import { mappingDe } from './mapping-de.ts';
import { matchingDe } from './matching-de.ts';
import { mediaDe } from './media-de.ts';
import { phoneDe } from './phone-de.ts';
import { recordsDe } from './records-de.ts';
import { stickDe } from './stick-de.ts';
import { walkInDe } from './walk-in-de.ts';
import { wordsDe } from './words-de.ts';

export const de: Messages = {
  ...frameDe,
  ...phoneDe,
  ...hostsDe,
  ...mediaDe,
  ...intakeDe,
  ...recordsDe,
  words: wordsDe,
  acts: actsDe,
  deskEvents: deskEventsDe,
  ...crewDe,
  ...stickDe,
  ...loadersDe,
  ...matchingDe,
  laps: lapsDe,
  live: liveDe,
  rotationLive: rotationLiveDe,
  mapping: mappingDe,
  course: courseDe,
  eta: etaDe,
  walkIn: walkInDe,
  errors: errorsDe,
  help: helpDe,
};
