// The part of the messages about matching: conflicts, and what does not fit together. In English.

export const matchingEn = {
  matching: {
    compare: 'Compare them', save: 'Save as CSV', yes: 'yes',
    conflictsLead: 'One Key ID with several recovery passwords. None is thrown away; equal fingerprints mean equal passwords at this desk.',
    noConflicts: 'No conflicts', nothingLead: 'Key records and hosts that contradict each other, or miss each other, are sorted out here.', noConflictsLead: 'No Key ID has two different recovery passwords.',
    passwords: (count: number) => `${count} recovery passwords`, fingerprint: 'Fingerprint', tested: (at: string) => `Opened a volume on ${at}`, notTested: 'Not tested', goesOnMedia: 'Goes on media', notOnMedia: 'Does not go on media', media: 'On media', disclose: 'Open in the lookup',
    conflictHeader: ['Key ID', 'Fingerprint', 'Host', 'Created', 'Imported', 'Opened a volume', 'Goes on media', 'Sources'],
    questions: 'Questions about hosts', noQuestions: 'No questions about hosts', noQuestionsLead: 'No two names share an ID, and no name has contradicting ones.', decisions: 'Decisions', decision: 'Decision', reason: 'Reason', reasonNote: 'Goes into the audit trail.',
    supervisorDecides: 'A supervisor decides which of the two it is.',
    join: 'Join', joinAct: (one: string, other: string) => `Join ${one} and ${other}`, joinLead: (kept: string, other: string) => `Keys, attempts, lists and IDs of ${other} become those of ${kept}. ${other} is closed as a duplicate, and whatever comes in under its name goes to ${kept}.`,
    joinWithTitle: (host: string) => `Join ${host} with another host`, otherName: 'Name of the other host', theOther: 'the other host', noOther: (name: string) => `No other host is called ${name}`,
    keep: 'Which name stays', keepName: (host: string) => `Keep ${host}`, apart: 'Keep apart', apartAct: (one: string, other: string) => `Keep apart ${one} and ${other}`, apartLead: 'They are two machines, whatever IDs they share.',
    one: 'One machine', oneAct: (host: string) => `${host} is one machine`, oneLead: 'Installed anew or repaired. The question comes back with the next ID.',
    undo: 'Take back', undoAct: (host: string) => `Take back what was decided about ${host}`, undoLead: 'Joined hosts are two again, each with what was its own.', undone: (operator: string) => `taken back by ${operator}`, answered: 'Decision recorded', oldNames: 'Formerly', joinedInto: 'Joined into',
    keysWithoutHost: 'Keys without a host', keysLead: 'No source says whose they are', noKeys: 'Every key record has its host', noKeysLead: 'Keys that name only a device wait here for the list that names its host.', device: 'Entra device',
    keyHeader: ['Key ID', 'Created', 'Imported', 'Entra device', 'Volume', 'Sources'],
    hostsWithoutKey: 'Hosts without a key', hostsLead: 'No source has a recovery password of theirs', noHosts: 'Every host has a key record', noHostsLead: 'Hosts that come in with a list and have no key yet are shown here.',
    hostHeader: ['Host', 'State', 'Site', 'Organizational unit', 'Operating system', 'Last seen'],
  },
};
export type MatchingMessages = typeof matchingEn;
