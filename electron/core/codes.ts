// Every closed list of the field in one place: what a host, a key, a medium and an attempt can be.
// What people read for each code lives in renderer/messages.

/** The way of a host (DESIGN §2). `known`: from a key export or an inventory, nobody said it is down. `closed` is an end beside `verified`. */
export const HOST_STATES = ['known', 'reported', 'ready', 'blocked', 'in-progress', 'repaired', 'verified', 'closed'] as const;
export type HostState = (typeof HOST_STATES)[number];
/** Said to be down, and nobody has shown otherwise: what a supervisor counts until it is none. */
export const DOWN_STATES: readonly HostState[] = ['reported', 'ready', 'blocked', 'in-progress'];

/** Why a blocked host is blocked; a blocked host always has one. */
export const BLOCKED_REASONS = [
  'no-key', 'key-rejected', 'no-disk-seen', 'not-reachable', 'usb-blocked', 'pin-needed', 'hibernated',
  'third-party-encryption', 'hardware', 'other-os', 'recipe-not-found', 'repair-failed', 'media-refused', 'owner-away',
] as const;
export type BlockedReason = (typeof BLOCKED_REASONS)[number];

/** Servers and clients by the name of their system; `unknown`: no source named it. */
export const MACHINE_KINDS = ['server', 'client', 'unknown'] as const;
export type MachineKind = (typeof MACHINE_KINDS)[number];

/** Why a host is to be brought back before all others, the strongest evidence first. */
export const FIRST_EVIDENCE = ['domain-controllers-unit', 'domain-controller-name', 'key-server-name', 'sign-in-server-name'] as const;
export type FirstEvidence = (typeof FIRST_EVIDENCE)[number];

/** How a host ends without being verified. */
export const CLOSED_AS = ['reimaged', 'retired', 'duplicate', 'not-affected'] as const;
export type ClosedAs = (typeof CLOSED_AS)[number];

/** How a host will be reached. */
export const ROUTES = ['stick', 'read-out', 'safe-boot', 'attached-disk', 'none'] as const;
export type Route = (typeof ROUTES)[number];

/** What one boot of one medium on one host came to. `nothing-to-do`: no file matched the recipe. `safe-boot-set`: the host starts in safe mode next, nothing is removed yet. */
export const ATTEMPT_OUTCOMES = ['repaired', 'nothing-to-do', 'blocked', 'inspected', 'safe-boot-set'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** What an attempt record proves (DESIGN §6): `signed`, `unsigned` (written before a passcode), `claim` (its HMAC fails). */
export const ATTEMPT_PROOFS = ['signed', 'unsigned', 'claim'] as const;
export type AttemptProof = (typeof ATTEMPT_PROOFS)[number];

/** The nine reasons of ConfigMgr's Drive Recovery page, in its order, plus the one it lacks. */
export const DISCLOSURE_REASONS = [
  'mass-incident', 'boot-order-changed', 'bios-changed', 'os-files-modified', 'lost-startup-key', 'lost-pin', 'tpm-reset',
  'lost-passphrase', 'lost-smartcard', 'other',
] as const;
export type DisclosureReason = (typeof DISCLOSURE_REASONS)[number];

/** How a recovery password left the vault. */
export const DISCLOSURE_WAYS = ['shown', 'spoken', 'printed', 'medium'] as const;
export type DisclosureWay = (typeof DISCLOSURE_WAYS)[number];

/** The way of a recovery password that was ever disclosed. */
export const ROTATION_STATES = ['due', 'asked', 'confirmed'] as const;
export type RotationState = (typeof ROTATION_STATES)[number];

/** How far a disclosed recovery password may have come, the least first: sealed on a medium, seen, heard, on paper, on a medium that is lost. */
export const ROTATION_RISKS = ['sealed', 'shown', 'spoken', 'printed', 'lost'] as const;
export type RotationRisk = (typeof ROTATION_RISKS)[number];

/** Who is asked to replace a recovery password. */
export const ROTATION_TARGETS = ['intune', 'configmgr', 'manage-bde'] as const;
export type RotationTarget = (typeof ROTATION_TARGETS)[number];

/** What came of asking for the rotation of a host's secrets live. `refused`: the service will not do it for this device. */
export const ROTATION_REQUEST_OUTCOMES = ['asked', 'no-device-id', 'not-enrolled', 'refused'] as const;
export type RotationRequestOutcome = (typeof ROTATION_REQUEST_OUTCOMES)[number];

/** Why a rotation can not be asked of a target. */
export const ROTATION_NOT_HANDED_OVER = ['no-host', 'no-device-id', 'no-key-protector-id', 'name-not-usable'] as const;
export type RotationNotHandedOver = (typeof ROTATION_NOT_HANDED_OVER)[number];

export const ROTATION_CONFIRMED_BY = ['evidence', 'statement'] as const;
export type RotationConfirmedBy = (typeof ROTATION_CONFIRMED_BY)[number];

/** The call sheet in its order: who is calling, which host, the ID on its screen, why, the ticket, read back by the caller, how it ended. */
export const CALL_STEPS = ['identity', 'host', 'key-id', 'reason', 'ticket', 'read-back', 'outcome'] as const;
export type CallStep = (typeof CALL_STEPS)[number];

/** Least and most a policy may be. */
export const POLICY_LIMITS = { disclosureRateCount: [0, 10_000], disclosureRateMinutes: [1, 1440], hideAfterS: [10, 600] } as const;
/** How a helpdesk agent made sure who calls. */
export const IDENTITY_CHECKS = ['called-back', 'employee-number', 'manager', 'known-voice', 'video', 'in-person'] as const;
export type IdentityCheck = (typeof IDENTITY_CHECKS)[number];

/** How a call ended. */
export const CALL_OUTCOMES = ['unlocked', 'rejected', 'broken-off'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** What is to be done with a host that somebody brought to the counter; how it is decided stands in core/walk-ins. `watch`: repaired, start it and see it run. */
export const WALK_IN_ACTS = ['stick', 'disclose', 'safe-boot', 'unblock', 'watch', 'nothing', 'closed', 'keep-off', 'find-out'] as const;
export type WalkInAct = (typeof WALK_IN_ACTS)[number];

/** How a host left the counter. `sent-on`: nothing could be done here. `left`: nobody came when the number was called. */
export const WALK_IN_OUTCOMES = ['done', 'sent-on', 'left'] as const;
export type WalkInOutcome = (typeof WALK_IN_OUTCOMES)[number];

/** Where recovery passwords of an organisation usually are. */
export const KEY_PLACES = ['directory', 'tenant', 'crowdstrike', 'configmgr', 'files'] as const;
export type KeyPlace = (typeof KEY_PLACES)[number];

/** The reports of the desk; what each is for stands in core/reports. */
export const REPORT_KINDS = ['situation', 'extent', 'nis2', 'dora', 'disclosures', 'rotation', 'handover'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
export const REPORT_FORMATS = ['html', 'pdf', 'csv', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/**
 * What a medium is written as: a raw disk image for sticks and most hypervisors, the same as a fixed VHD, which Hyper-V attaches, or a disc image,
 * which every remote console takes, or a folder for an HTTP server, from which hosts start over the network. To the last two nothing can be written at the host.
 */
export const IMAGE_FORMATS = ['image', 'vhd', 'iso', 'pxe'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** Microsoft's authorities that stand for what UEFI starts. Windows' own loaders are signed under the first two, what others make under the last two. */
export const SIGNING_CAS = ['windows-pca-2011', 'windows-uefi-ca-2023', 'uefi-ca-2011', 'uefi-ca-2023'] as const;
export type SigningCa = (typeof SIGNING_CAS)[number];
/** Names of certificates: the same in every language. */
export const SIGNING_CA_NAMES: Readonly<Record<SigningCa, string>> = {
  'windows-pca-2011': 'Microsoft Windows Production PCA 2011', 'windows-uefi-ca-2023': 'Windows UEFI CA 2023', 'uefi-ca-2011': 'Microsoft Corporation UEFI CA 2011', 'uefi-ca-2023': 'Microsoft UEFI CA 2023',
};

/** What of a base's loaders keeps a host with Secure Boot from starting a medium, or is good to know; core/media/loaders says when. */
export const LOADER_FINDINGS = ['unsigned', 'altered', 'signer-unknown', 'only-2011', 'only-2023', 'stale', 'no-version', 'both-there', /** Of an ISO itself. */ 'cut-off'] as const;
export type LoaderFinding = (typeof LOADER_FINDINGS)[number];

/** Why a driver of a folder gets onto no medium. */
export const DRIVER_LEFT_OUT = ['other-architecture', 'not-a-driver'] as const;
export type DriverLeftOut = (typeof DRIVER_LEFT_OUT)[number];

/** What tells a machine beside its name. A key protector ID tells one when several hosts are named as its owner. */
export const HOST_ID_KINDS = ['serial-number', 'bios-uuid', 'object-guid', 'sid', 'entra-device-id', 'sensor-id', 'dns-name', 'directory-name', 'key-protector-id'] as const;
export type HostIdKind = (typeof HOST_ID_KINDS)[number];

/** What a supervisor decided about hosts that sources mix up. */
export const HOST_DECISIONS = ['joined', 'apart', 'one-host'] as const;
export type HostDecision = (typeof HOST_DECISIONS)[number];
/** What the IDs of a question look like. Never decided by the desk. */
export const HOST_GUESSES = ['renamed', 'reimaged', 'same-machine', 'other-machine', 'two-domains', 'cut-name'] as const;
export type HostGuess = (typeof HOST_GUESSES)[number];

/** How much a reason against a disk weighs. `never`: the disk is not written. `caution`: whoever writes it has seen the reason. `note`: good to know. */
export const DISK_SEVERITIES = ['never', 'caution', 'note'] as const;
export type DiskSeverity = (typeof DISK_SEVERITIES)[number];

/** Every reason against writing a disk; what each looks at and weighs stands in core/media/disk-reasons. */
export const DISK_REASONS = [
  'system-disk', 'holds-this-desk', 'swap', 'held-by-another-layer', 'mounted', 'not-a-stick', 'hot-plug-port', 'soldered-card', 'optical', 'clustered', 'offline',
  'read-only', 'no-medium', 'too-small', 'sector-size', 'holds-backups', 'holds-windows',
  'holds-files', 'holds-bitlocker', 'is-a-medium', 'larger-than-sticks', 'set-aside', 'no-serial', 'twin', 'virtual',
  'mounted-by-desktop',
] as const;
export type DiskReasonCode = (typeof DISK_REASONS)[number];

/** How a disk hangs on the desk. `virtual`: no hardware, a file of the desk (loop device). */
export const DISK_BUSES = ['usb', 'sd', 'virtual', 'internal'] as const;
export type DiskBus = (typeof DISK_BUSES)[number];

/** What finds a host beside its name. */
export const HOST_FACTS = ['user', 'serial-number', 'asset-tag', 'old-name', 'listed-key'] as const;
export type HostFact = (typeof HOST_FACTS)[number];

export const ROLES = ['helpdesk', 'technician', 'supervisor', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that hold key 2 and so can read recovery passwords (DESIGN §7). */
export const READING_ROLES: readonly Role[] = ['helpdesk', 'technician'];

/** What the agent of a medium does. `repair` removes by the recipe; `safe-boot` does too where it can read, and elsewhere sets the safe-boot flag; `inspect` changes nothing. */
export const AGENT_MODES = ['repair', 'safe-boot', 'inspect'] as const;
export type AgentMode = (typeof AGENT_MODES)[number];

/** What a medium is for: what its agent does, with a key bundle; or `manual`: no agent, no bundle, the manual steps alone. */
export const MEDIUM_MODES = [...AGENT_MODES, 'manual'] as const;
export type MediumMode = (typeof MEDIUM_MODES)[number];

export const MEDIA_STATES = ['built', 'issued', 'returned', 'wiped', 'lost'] as const;
export type MediaState = (typeof MEDIA_STATES)[number];

export const ARCHITECTURES = ['x64', 'arm64'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** Why a host in scope can not be opened by a medium. */
export const NOT_ON_MEDIUM = ['no-key', 'no-key-protector-id', 'wave-not-opened', 'do-not-power-on'] as const;
export type NotOnMedium = (typeof NOT_ON_MEDIUM)[number];

/** Why something that an undone import brought in is still there. */
export const STAYED_BECAUSE = [
  /** A recovery password of it left the vault: rotation and audit refer to the record. */
  'disclosed',
  'on-medium',
  /** Another source says the same. */
  'other-source',
  /** The host has key records that stay. */
  'has-keys',
  /** Somebody acted on the host, or it was attempted. */
  'has-events',
  /** A list that came in later may have named the host as well; which hosts a list repeats is not kept. */
  'maybe-listed-later',
] as const;
export type StayedBecause = (typeof STAYED_BECAUSE)[number];

/** What a person says of a list of hosts: they are down, or it lists what there is. */
export const LIST_SAID = ['down', 'inventory'] as const;
export type ListSaid = (typeof LIST_SAID)[number];

/** Why an attempt record was rejected, or is only a claim; beside these `malformed FIELD`. */
export const ATTEMPT_REASONS = [
  'no-records', 'not-a-record', 'cut-off', 'too-large', 'newer-version', 'attempt-id-taken', 'unknown-medium', 'unknown-slot', 'wrong-hmac', 'replaces-claim', 'replaces-code',
] as const;
export type AttemptReason = (typeof ATTEMPT_REASONS)[number];

/** What a column of a table nobody knows can be said to be. */
export const MAPPED_FIELDS = [
  'recoveryPassword', 'keyProtectorId', 'hostname', 'distinguishedName', 'createdAt', 'lastSeenAt', 'volumeId', 'drive', 'operatingSystem', 'site', 'serialNumber', 'assetTag', 'userName', 'entraDeviceId',
  'lapsPassword', 'lapsAccount', 'lapsUpdatedAt', 'lapsExpiresAt',
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

/** Why no end can be estimated: hardly anything done yet, too few hours seen, or nobody brought a host back in the last two days. */
export const ETA_TOO_EARLY = ['few-done', 'few-hours', 'standstill'] as const;
export type EtaTooEarly = (typeof ETA_TOO_EARLY)[number];

/** What stands on a disk, or in a partition, where no BitLocker volume was found. `nothing`: not one byte. `unknown` may be another maker's encryption, which looks like noise. */
export const DISK_CONTENTS = ['ntfs', 'refs', 'exfat', 'fat', 'linux', 'luks', 'lvm', 'third-party-encryption', 'dynamic-disk', 'storage-spaces', 'disc', 'text', 'nothing', 'unreadable', 'zeros', 'unknown'] as const;
export type DiskContent = (typeof DISK_CONTENTS)[number];
