// A short help page for each screen, in English: what it is for, then what to do.
import type { Screen } from '../place.ts';

export type HelpPages = Readonly<Record<Screen, readonly string[]>>;

export const helpEn: HelpPages = {
  lookup: [
    'Finds the one key record a caller needs. Type what the caller says: the first characters of the Key ID from the blue screen, a part of the host name, user, serial number or asset tag; spaces and dashes do not matter. What matches is marked, what only comes near is called a guess; nothing is chosen until ↓ is pressed.',
    'Compare the eight characters with the caller before disclosing; the words under them are for the telephone. A host may have several key records: only the one whose ID the caller reads out opens the volume.',
    'Disclosing asks for a reason, is written to the audit trail and makes a rotation due. The recovery password hides by itself; showing it again is a new disclosure. The first digit that is said, or group that is read back, has on record that it was read out.',
    'A host without a key, or whose key was rejected, has ways of its own: the directory or the tenant is asked for it on the spot, and safe boot goes without a key where the volume opens by itself, with the LAPS password of the local administrator. That is disclosed as a recovery password is, and read out one character at a time.',
    'A recovery password typed into the field is noticed from the second group on. It is not searched and not kept; a group that can not be right is named at once.',
  ],
  overview: ['How many hosts are still down, in which state, and what blocks the others. The figures follow by themselves, with the hours of the last day and the sites that are most behind.', 'Repaired means that the faulty file is gone. Verified means that the host was seen running. They are never added up.', 'The line is what was down hour by hour; behind now it is as wide as the estimate. F gives the page the whole screen: in type that grows with it, everything in sight, for a wall; S changes between sites, waves, technicians and servers; R makes the situation report.', 'The second interval is of all but the blocked hosts: when the last of those that are down and not blocked now is back, or turns out blocked. Shifts are planned by it, the end of everything by the first. Where blocked hosts decide that and too few came free so far, no end of everything is told.'],
  hosts: [
    'Every host with its state. The filter and the lists at the left narrow it down, by state, reason, wave, site, tag and technician; the head of a column sorts. What is set stands in the address and can be saved as a view for everybody.',
    'Space selects, A acts on what is selected or on all the filter finds: tag, assign, block, another wave. Each is taken back with Ctrl Z. The list leaves as a CSV file without secrets.',
    'A host opens at the right with its history, oldest first. Set verified needs evidence in words. A block needs a reason from the list; it can be undone. Closing ends a host as reimaged, retired, duplicate or not affected; that, and opening it again, is for supervisors, with a reason.',
    'A result whose check failed is a claim: it is shown, and believed by nobody.',
  ],
  media: [
    'The register lists every medium that was made. A medium carries the agent and a sealed key bundle for its scope, until its day of expiry.',
    'Making one takes four steps: base, scope, technicians, and what it is written to: a USB stick or an image. Each technician gets a passcode of 18 characters, shown once and stored nowhere. Everything on a medium counts as disclosed.',
    'Hosts without a key record, or whose key record has no Key ID, can not be on a medium. They are listed with the reason.',
    'A stick that comes back and is plugged in is recognised by itself: its results are taken in, then it is renewed or erased. A lost one puts everything on it at the head of the rotation list.',
  ],
  disks: [
    'Looks into an attached disk, a raw image, a fixed VHD or a partition and shows every BitLocker volume: whose computer it was, how it is encrypted, and every way to open it. Nothing is ever written to it.',
    'The Key IDs on the disk are looked up at once. A test proves a recovery password against the volume, in about a second each, without reading its contents.',
    'Windows keeps every recovery password of a volume under the key of that volume. Whoever knows one and holds the disk can compute the others, so they are rotated together.',
  ],
  imports: [
    'Takes in exports of recovery passwords and lists of hosts. What a file is, is decided by its content. One bad row never stops the others: it is listed with its number and the reason.',
    'The same file twice changes nothing. The same Key ID with a different recovery password is a conflict: shown, never overwritten.',
    '“Directory and tenant” asks one of these itself. “Compare lists” holds imported lists of hosts against each other: who is in one and not in the other, who was seen alive since.',
    'Results of media come back here too, from a folder, result files or an image, or as the twelve characters of the last screen. Signed, unsigned and claim say how far a record can be trusted.',
  ],
  rotation: [
    'Every recovery password that was shown, read out or put on a medium has to be replaced. The list begins with the greatest risk and the oldest.',
    'Hand over makes a script for Intune, ConfigMgr or the hosts themselves; it holds no recovery password. Import the new keys afterwards: a newer key record of the same volume confirms the rotation by itself.',
    'Through Intune asks for each host at once and counts only what Intune accepts; every other host is named with the reason. LAPS passwords that were disclosed are in the list, too: Windows LAPS replaces them, and a newer one that is imported confirms it.',
    'Where no evidence can come, for example after a new disk, a supervisor confirms with a reason. Showing a recovery password again makes its rotation due again.',
  ],
  disclosures: ['Every recovery password that left the vault: who, which one, for which host, why, and how. A medium is one line for all it carries.', 'Where somebody disclosed more in a few minutes than the policies call usual, it stands at the head, and on the overview.'],
  audit: ['Who did what, one entry chained to the next by a hash. Verify chain reads all of it again.', 'A chain proves little without a head from outside: enter the one printed on a report, a manifest or a backup.'],
  reports: ['Takes a report away: the situation on one page, the extent, drafts for NIS-2 and DORA, disclosures, rotation, the hand-over of a shift. What the desk does not know is marked as open, never guessed. It is of the whole desk, an incident or a wave.', 'Each carries the instant it holds for and the audit head of that instant. The same instant gives the same file.'],
  operators: ['Who may sign in, with which roles. A supervisor adds an operator; a role that reads recovery passwords works only after somebody who holds their key has completed it.', 'The table below is the one the desk itself decides by.', 'When somebody has left, Change keys makes new ones: an old copy of the desk opens nothing of what comes after.'],
  waves: [
    'Who is brought back in which order. Hosts come into a wave by site, organizational unit, tag, operating system, pattern or list. Domain controllers and key servers belong first: hosts that are in another wave stay there, unless it is ticked that they are meant, too.',
    'The first wave is the canary. The next one opens when four fifths of it are verified and nothing unexpected came up; a supervisor may open it against that, with a reason on record.',
    'Hosts of a wave that is not opened go onto no medium. Hosts that must not be powered on go onto none at all. An empty wave that was never opened can be removed.',
  ],
  incidents: ['Recipe, waves and media belong to an incident. It can be closed when nothing of it is open; otherwise the list of what is missing is shown. With the last one the vault can be archived, or its recovery passwords destroyed for good.', 'A recipe says which files are faulty. Each change is a new version, tried on a folder, an image or an attached disk, and approved by another operator before media carry it.'],
  matching: [
    'What sources say about keys and hosts, where it does not fit together: conflicts, key records without a host, hosts without a key. Each list can be saved as a file; none holds a recovery password.',
    'A conflict is one Key ID with several recovery passwords. The fingerprint tells them apart on the telephone: equal passwords have equal fingerprints at this desk, and nothing of the password is in it. Whichever opened a volume is proven; without a proof the later date goes on media.',
    'A question about hosts: two names that share a serial number, a device ID or a key, or one name with two of a kind. The desk says what it looks like and decides nothing. A supervisor joins, keeps apart or takes for one, with a reason; each can be taken back.',
  ],
  'walk-in': [
    'For a counter with a scanner: whatever stands on the label finds the host, which gets a number, and the next act stands there large. Enter goes on; the scanner needs no key besides.',
    'Nobody before it: the host is at the counter at once. Otherwise it waits; its number can be printed and is still there after a restart. Several hosts may be in hand at a time.',
    'A recovery password is disclosed here as on the phone: compare the Key ID, say how the person was identified, and it is on record.',
  ],
  settings: ['Language, theme and keys of this window are saved as they are changed. A backup takes both files of the desk.', 'Policies hold for everybody at this desk; a supervisor sets them.'],
};
