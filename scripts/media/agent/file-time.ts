// The time of a file, free of the trap in script host: FileSystemObject turns UTC into local time with *today's* bias, and a
// script that asks for UTC turns it back with the bias of *that day*, so that a July file read in winter is an hour off.

/**
 * @param modified The file's time as script host hands it over; only its wall-clock parts mean anything.
 * @param now      This moment, for today's bias.
 * @returns Milliseconds since 1970 UTC, to the second.
 */
export function fileTimeUtcMs(modified: Date, now: Date): number {
  return Date.UTC(
    modified.getFullYear(), modified.getMonth(), modified.getDate(), modified.getHours(), modified.getMinutes(), modified.getSeconds(),
  ) + now.getTimezoneOffset() * 60000;
}
