// What the agent's exit code tells the launcher.

/** What the launcher does next: the agent's exit code. Known to start.cmd. */
export const NEXT = {
  /** Ask for an answer, on a black, green, red or blue screen. */
  ask: 10, askGreen: 11, askRed: 12, askBlue: 13,
  askPasscode: 14,
  /** Start the agent again at once, on an empty screen. What was typed of a recovery password is forgotten. */
  again: 15,
  /** Keep the answer as further groups of the recovery password; it was looked at: digits, hyphens and spaces only. */
  keep: 16,
  restart: 17,
  manual: 18,
  /** As `manual`, but by a recipe that is not as it was written: nothing is removed there either. */
  manualUnsure: 20,
  /** A fault of the agent itself; its message was printed. */
  failed: 19,
} as const;
export type Next = (typeof NEXT)[keyof typeof NEXT];
