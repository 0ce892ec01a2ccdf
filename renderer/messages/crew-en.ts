// What people read where a supervisor steers an incident, in English.
export const crewEn = {
  waves: {
    scope: (wave: string) => `Wave ${wave}`, one: 'A wave', name: 'Wave',
    option: (name: string, hosts: number, opened: boolean) => `${name}, ${hosts} ${hosts === 1 ? 'host' : 'hosts'}${opened ? '' : ', not opened'}`,
  },
  policies: {
    title: 'Policies', lead: 'Set by a supervisor for everybody at this desk; each change is in the audit trail.',
    callSteps: 'Required steps of a call', callStepsNote: 'A call can not be ended without them.',
    fourEyes: 'Printing takes two operators', fourEyesNote: 'A second operator signs before recovery passwords go on paper.',
    rate: 'Unusual rate of disclosures', rateNote: 'More than this by one operator is flagged for the supervisor; 0 flags nothing.',
    rateCount: 'Disclosures', rateMinutes: 'in minutes', hide: 'A recovery password hides after', hideNote: 'Showing it again is a new disclosure.', seconds: 'Seconds',
    clipboard: 'Copying to the clipboard', clipboardNote: 'Cleared again only if it still holds the recovery password.',
    openMedia: 'Media without passcode', openMediaNote: 'Anyone who has a list of the key IDs can read such a medium.',
    allowed: 'Allowed', forbidden: 'Not allowed', required: 'Required', notRequired: 'Not required', save: 'Save policies', saved: 'Policies saved', outOfRange: (least: number, most: number) => `${least} to ${most}`,
  },
};
export type CrewMessages = typeof crewEn;
