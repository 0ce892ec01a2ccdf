// Lines of the audit trail that are no procedure anybody called, in English: steps of one, and what the desk noticed.

export const DESK_EVENTS = ['denied', 'waves.override', 'vault.purge', 'vault.archive', 'vault.open-failed', 'media.order-without-passcode', 'media.withdraw-order', 'media.build-started', 'media.build-failed'] as const;
export type DeskEvents = Readonly<Record<(typeof DESK_EVENTS)[number], string>>;

export const deskEventsEn: DeskEvents = {
  denied: 'Refused: not allowed to this role', 'waves.override': 'Take hosts of a wave that is not opened', 'vault.purge': 'Destroy every recovery password', 'vault.archive': 'Put a sealed archive aside', 'vault.open-failed': 'Sign-in failed',
  'media.order-without-passcode': 'Order a medium without passcode', 'media.withdraw-order': 'Withdraw an order of a medium', 'media.build-started': 'Begin building a medium', 'media.build-failed': 'Building a medium failed',
};
