// What people read at the counter, in English: the next act in few words, large; one line of how.
import type { WalkInAct, WalkInOutcome } from '../../electron/core/codes.ts';

export interface WalkInWords {
  readonly field: string; readonly inHand: string; readonly waiting: string; readonly nobody: string; readonly since: (time: string) => string; readonly queue: string; readonly number: (number: number) => string; readonly done: (count: number) => string;
  readonly acts: Readonly<Record<WalkInAct, string>>; readonly how: Readonly<Record<WalkInAct, string>>; readonly short: Readonly<Record<WalkInAct, string>>; readonly primary: Readonly<Record<WalkInAct, string>>;
  readonly outcomes: Readonly<Record<WalkInOutcome, string>>; readonly ended: Readonly<Record<WalkInOutcome, (number: number) => string>>;
  readonly start: string; readonly startLead: string; readonly callNext: (number: number) => string; readonly callThis: string; readonly next: string; readonly putBack: string; readonly print: string; readonly fullScreen: string; readonly leaveFullScreen: string;
  readonly several: string; readonly guessed: (said: string) => string; readonly chooseLead: string; readonly none: (said: string) => string; readonly noneLead: string; readonly takeInAnyway: string; readonly unknownHost: string; readonly said: string;
  readonly secret: string; readonly again: (number: number) => string; readonly takenIn: (number: number, before: number) => string; readonly calledBy: (operator: string) => string; readonly waits: string; readonly media: string; readonly atDesk: string; readonly keys: string;
  readonly seen: (hostname: string) => string; readonly seenLead: string; readonly seenEvidence: (number: number) => string; readonly ticketTitle: string; readonly ticketArrived: string; readonly ticketKeep: string; readonly choose: string; readonly go: string;
}

export const walkInEn: WalkInWords = {
  field: 'Scan or type: asset tag, serial number, host, user', inHand: 'In hand', waiting: 'Waiting', nobody: 'Nobody is waiting.', since: (time) => `since ${time}`, queue: 'Queue', number: (number) => `Number ${number}`, done: (count) => `${count} done in 24 hours`,
  acts: {
    stick: 'Start it from the stick', disclose: 'Enter the recovery password', 'safe-boot': 'No key: go by safe boot', unblock: 'Blocked', watch: 'Start it and see it run', nothing: 'Already verified', closed: 'Closed', 'keep-off': 'Do not power on', 'find-out': 'Not known here',
  },
  how: {
    stick: 'One of these media carries its key. The agent asks for the passcode and does the rest.', disclose: 'Start the host, compare the Key ID on its blue screen, then enter the digits or scan them.', 'safe-boot': 'No key record of this host. The next station names the other ways.',
    unblock: 'What would unblock it stands below. If that is not possible here, it goes on to where it is.', watch: 'The faulty file is gone. Start it without a stick; once the sign-in screen is there, it is verified.', nothing: 'It was seen running. Hand it back.',
    closed: 'It needs nothing from here.', 'keep-off': 'It is on the list of hosts that stay off. Hand it back, switched off.', 'find-out': 'No list or key of this desk names it. Ask for another label, or for the user.',
  },
  short: { stick: 'Stick', disclose: 'Recovery password', 'safe-boot': 'Safe boot', unblock: 'Blocked', watch: 'See it run', nothing: 'Verified', closed: 'Closed', 'keep-off': 'Stays off', 'find-out': 'Not known' },
  primary: { stick: 'Stick has run: done', disclose: 'Choose the key', 'safe-boot': 'Other ways', unblock: 'Sent on', watch: 'Seen running', nothing: 'Done', closed: 'Done', 'keep-off': 'Handed back', 'find-out': 'Sent on' },
  outcomes: { done: 'Done', 'sent-on': 'Sent on', left: 'Did not come' },
  ended: { done: (number) => `Number ${number} is done`, 'sent-on': (number) => `Number ${number} is sent on`, left: (number) => `Number ${number} did not come` },
  start: 'Ready for the next host', startLead: 'Scan the asset tag or the serial number. Whoever comes gets a number, and the next act stands here.', callNext: (number) => `Call number ${number}`, callThis: 'Call this number', next: 'Next number', putBack: 'Back into the queue', print: 'Print number', fullScreen: 'Full screen', leaveFullScreen: 'Leave full screen',
  several: 'Which host is it?', guessed: (said) => `Nothing is exactly ${said}. These come nearest:`, chooseLead: 'Compare with the label on the host.', none: (said) => `No host for ${said}`, noneLead: 'Searched asset tags, serial numbers, names, users and Key IDs.', takeInAnyway: 'Take in without a host', unknownHost: 'Host not known', said: 'Scanned',
  secret: 'That was a recovery password. It was not kept. Scan the label of the host.', again: (number) => `It is here already, with number ${number}.`, takenIn: (number, before) => `Number ${number}, ${before} before it`, calledBy: (operator) => `in the hands of ${operator}`, waits: 'waits', media: 'Media with its key', atDesk: 'at the desk', keys: 'Key records',
  seen: (hostname) => `${hostname} was seen running`, seenLead: 'Sets the host verified, with what was seen as evidence.', seenEvidence: (number) => `Seen running at the walk-in station, number ${number}`, ticketTitle: 'Number', ticketArrived: 'Here since', ticketKeep: 'The number stays valid until it is called.', choose: 'choose', go: 'go on',
};
