// What intake makes of a file: one value a row, in batches. Rows are counted as a person counts lines in the file, from 1, the header included.
import type { KeyProtectorId } from '../../core/keys/key-protector-id.ts';
import type { RecoveryPassword } from '../../core/keys/recovery-password.ts';
import type { AlikeKeys } from './alike-keys.ts';
import type { Declined, IntakeNote, KeyRemark, RejectReason } from './reasons.ts';
import type { GivenLapsPassword } from './laps.ts';
import type { HostId } from './host-ids.ts';
import type { TextEncodingName } from './encoding.ts';

/** What a file says about a host. Everything but the name may be missing. */
export type HostFacts = {
  /** Normalised (core/hosts/hostname.ts). */
  readonly hostname: string;
  readonly dnsName: string | null;
  readonly domain: string | null;
  /** From the top down, ` / ` between: "Paris / Laptops". */
  readonly organizationalUnit: string | null;
  readonly site: string | null;
  readonly operatingSystem: string | null;
  readonly maker: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly assetTag: string | null;
  readonly userName: string | null;
  /** In the words of whoever keeps the directory. */
  readonly description: string | null;
  readonly entraDeviceId: string | null;
  /** ISO-8601 UTC. */
  readonly lastSeenAt: string | null;
  /** What tells the machine beside its name. */
  readonly ids: readonly HostId[];
  /** What the source says of the incident: true = affected, false = not affected. */
  readonly affected: boolean | null;
};

/** One recovery password. `recoveryPassword` is secret. A row of a file with several of them yields several of these with the same `row`. */
export type KeyRow = {
  readonly kind: 'key';
  readonly row: number;
  readonly keyProtectorId: KeyProtectorId | null;
  readonly recoveryPassword: RecoveryPassword;
  readonly host: HostFacts | null;
  /** Joins to a host when no name is given (Graph). Canonical GUID. */
  readonly entraDeviceId: string | null;
  /** The volume's own GUID, canonical; never the key protector's. */
  readonly volumeId: string | null;
  readonly volumeLabel: string | null;
  /** `C:` */
  readonly drive: string | null;
  /** ISO-8601 UTC. */
  readonly createdAt: string | null;
  readonly remarks: readonly KeyRemark[];
};

/** A host without a key. */
export type HostRow = { readonly kind: 'host'; readonly row: number; readonly host: HostFacts; /** Of a table further down in the file, which is of another kind than the file as a whole. */ readonly listKind?: IntakeKind };

/** What a row says of its host's LAPS password, beside the host row or key row it comes with. `passwords` are secret. */
export type LapsRow = { readonly kind: 'laps'; readonly row: number; readonly host: HostFacts; readonly passwords: readonly GivenLapsPassword[]; /** There is one that only its own decryptors can open. */ readonly encrypted: boolean };

/**
 * A key that is named without its recovery password: it exists, and this is all the source says of it. Where the password stood in the row and is
 * lost or wrong, a rejection with the reason comes beside it.
 */
export type ListedKeyRow = {
  readonly kind: 'listed-key'; readonly row: number; readonly keyProtectorId: KeyProtectorId; readonly host: HostFacts | null; readonly entraDeviceId: string | null; readonly createdAt: string | null;
  /** A directory's recovery object: whoever exported it may see the object and not its password. */
  readonly closed?: true;
  /** A rejection, or the host of a list, comes beside it: both are of one row. */
  readonly rejected?: true;
};

/** A row that did not come in: its place, and the host it names, which is one without a key as far as this row goes. */
export type RejectedRow = { readonly kind: 'rejected'; readonly row: number; readonly reason: RejectReason; readonly groups?: readonly number[]; readonly field?: string; readonly host?: HostFacts };

export type IntakeRow = KeyRow | HostRow | LapsRow | ListedKeyRow | RejectedRow;

/** A row, or several that are alike: `unpacked` gives each of them. */
export type IntakeEntry = IntakeRow | AlikeKeys;

/** What a file was taken for, by its content. */
export type IntakeKind =
  | 'crowdstrike-csv' | 'ad-csv' | 'entra-csv' | 'mbam-csv' | 'extract-bitlocker-keys-csv' | 'bitlocker-volume-csv' | 'keys-csv'
  | 'ldif' | 'windows-text' | 'manage-bde-text' | 'any-text'
  | 'graph-json' | 'extract-bitlocker-keys-json' | 'keys-json' | 'hosts-json' | 'inventory-json'
  | 'host-names' | 'network-listing' | 'computers-csv' | 'falcon-impacted-csv' | 'falcon-hosts-csv' | 'intune-csv' | 'entra-devices-csv' | 'configmgr-csv' | 'servicenow-csv' | 'snipe-it-csv' | 'hosts-csv' | 'inventory-csv'
  | 'xlsx' | 'sqlite'
  | 'laps-csv' | 'laps-json'
  | 'directory' | 'tenant'
  | 'not-recognised';

/** Comes first, once. */
export type IntakeHeader = {
  readonly kind: 'header';
  readonly intakeKind: IntakeKind;
  readonly encoding: TextEncodingName | null;
  readonly delimiter: string | null;
  /** Set when `intakeKind` is `not-recognised`: what the file is instead. No batch with rows follows. */
  readonly declined: Declined | null;
};

/** Some rows, small enough to be stored in one short transaction; the last batch may be empty and carries the notes. */
export type IntakeBatch<Entry extends IntakeEntry = IntakeRow> = {
  readonly kind: 'batch';
  readonly rows: readonly Entry[];
  /** Bytes of the file taken in so far. */
  readonly bytesRead: number;
  /** Rows that were neither header nor blank, so far. */
  readonly rowsRead: number;
  readonly notes: readonly IntakeNote[];
};
