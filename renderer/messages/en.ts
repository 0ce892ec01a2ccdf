// What people read, in English. One key set: de.ts must have every key of this file, nothing more and nothing less.
import { actsEn } from './acts-en.ts';
import { courseEn } from './course-en.ts';
import { crewEn } from './crew-en.ts';
import { deskEventsEn } from './desk-events-en.ts';
import { errorsEn } from './errors-en.ts';
import { etaEn } from './eta-en.ts';
import { frameEn } from './frame-en.ts';
import { helpEn } from './help-en.ts';
import { hostsEn } from './hosts-en.ts';
import { intakeEn } from './intake-en.ts';
import { lapsEn } from './laps-en.ts';
import { liveEn, rotationLiveEn } from './live-en.ts';
import { loadersEn } from './loaders-en.ts';
import { mappingEn } from './mapping-en.ts';
import { matchingEn } from './matching-en.ts';
import { mediaEn } from './media-en.ts';
import { phoneEn } from './phone-en.ts';
import { recordsEn } from './records-en.ts';
import { stickEn } from './stick-en.ts';
import { walkInEn } from './walk-in-en.ts';
import { wordsEn } from './words-en.ts';

export const en = {
  ...frameEn,
  ...phoneEn,
  ...hostsEn,
  ...mediaEn,
  ...intakeEn,
  ...recordsEn,
  words: wordsEn,
  acts: actsEn,
  deskEvents: deskEventsEn,
  ...crewEn,
  ...stickEn,
  ...loadersEn,
  ...matchingEn,
  laps: lapsEn,
  live: liveEn,
  rotationLive: rotationLiveEn,
  mapping: mappingEn,
  course: courseEn,
  eta: etaEn,
  walkIn: walkInEn,
  errors: errorsEn,
  help: helpEn,
};

export type Messages = typeof en;
