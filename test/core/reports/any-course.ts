// A desk on which anything may happen that makes a number: for tests that hold what is said of it against what is there.
import fc from 'fast-check';
import { closeCall, saveCall } from '../../../electron/core/calls/calls.ts';
import { AppError } from '../../../electron/core/app-error.ts';
import { BLOCKED_REASONS, CLOSED_AS } from '../../../electron/core/codes.ts';
import { disclose } from '../../../electron/core/disclosure/disclose.ts';
import { discloseLaps } from '../../../electron/core/disclosure/disclose-laps.ts';
import { readOut } from '../../../electron/core/disclosure/read-out.ts';
import { joinHosts, undoDecision } from '../../../electron/core/hosts/host-decisions.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { actOnMedium } from '../../../electron/core/media/medium-acts.ts';
import { orderMedium, recordFailedMedium, recordMedium } from '../../../electron/core/media/media-register.ts';
import { blockHost, closeHost, reopenHost, unblockHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { handOverRotations } from '../../../electron/core/rotation/hand-over.ts';
import { confirmByStatement } from '../../../electron/core/rotation/rotations.ts';
import { assignHosts, createWave } from '../../../electron/core/waves/waves.ts';
import { csv, importText } from '../keys/import-desk.ts';
import { openTestDesk, type TestDesk } from '../remediation/test-desk.ts';
import { addMedium, attemptIdOf, makeRecord, RECORD_KEY, writeRecord } from '../remediation/test-records.ts';

export const NAMES = ['KI-1', 'KI-2', 'KI-3', 'HL-4', 'HL-5', 'HH-6', 'HH-7'] as const;
export const WAVES = ['canary', 'rest'] as const;

/** What tells the past anew, too: after these a report of an instant before may say something else (unless it was made before). */
const REWRITING = ['undo', 'join', 'part', 'site', 'wave', 'no-wave'] as const;
const FORWARD = ['block', 'unblock', 'verify', 'close', 'reopen', 'attempt', 'claim', 'unknown', 'report', 'key', 'shown', 'spoken', 'read-out', 'laps', 'build', 'failed', 'issue', 'return', 'wipe', 'lose', 'call', 'call-ends', 'confirm', 'ask'] as const;
type Kind = (typeof REWRITING)[number] | (typeof FORWARD)[number];
export interface AnyAct { readonly kind: Kind; readonly host: number; readonly other: number; readonly minutes: number; readonly outcome: 'repaired' | 'blocked' | 'nothing-to-do' | 'inspected' | 'safe-boot-set'; readonly signed: boolean }

const anyAct = (kinds: readonly Kind[]): fc.Arbitrary<AnyAct> => fc.record({
  kind: fc.constantFrom(...kinds), host: fc.nat(NAMES.length - 1), other: fc.nat(20), minutes: fc.integer({ min: 1, max: 45 }), outcome: fc.constantFrom('repaired', 'repaired', 'blocked', 'nothing-to-do', 'inspected', 'safe-boot-set'), signed: fc.boolean(),
});
export const anyCourse = fc.array(anyAct([...FORWARD, ...REWRITING]), { minLength: 1, maxLength: 30 });
/** Only what leaves the past as it was. */
export const forwardCourse = fc.array(anyAct(FORWARD), { minLength: 1, maxLength: 30 });

export const instantOf = (desk: TestDesk): string => new Date(desk.clock()).toISOString();

/** Five of seven hosts are down, some are servers, one has nobody's system; keys of some, a LAPS password of one. */
export async function openCourse(): Promise<TestDesk> {
  const desk = openTestDesk();
  addMedium(desk, 'M-0001', ['Karla', 'Jon']);
  for (const name of WAVES) createWave(desk, { name });
  await importText(desk, `Hostname,Site,OS\r\n${NAMES.map((name, at) => `${name},${at === 6 ? '' : name.slice(0, 2)},${at === 5 ? '' : at % 3 === 0 ? 'Windows Server 2019' : 'Windows 11'}`).join('\r\n')}\r\n`, 'inventory.csv');
  await importText(desk, `${NAMES.slice(0, 5).join('\n')}\n`, 'down.txt');
  await importText(desk, csv([{ host: NAMES[0], id: 1, password: 1 }, { host: NAMES[1], id: 2, password: 2 }, { host: NAMES[3], id: 3, password: 3 }, { id: 4, password: 4 }]));
  await importText(desk, `"ComputerName","DistinguishedName","Account","Password","PasswordUpdateTime","ExpirationTimestamp","Source","DecryptionStatus","AuthorizedDecryptor"\r\n"${NAMES[2]}","CN=${NAMES[2]},OU=Laptops,DC=corp,DC=example","Administrator","Xk7.made-up.Q2","2024-07-18T06:00:00Z","2024-08-18T06:00:00Z","EncryptedPassword","Success","CORP\\Helpdesk"\r\n`, 'laps.csv');
  return desk;
}

let drawn = 0;

/** Carries an act out. What the state of things does not allow does not happen. */
export async function happen(desk: TestDesk, { kind, host, other, minutes, outcome, signed }: AnyAct): Promise<void> {
  desk.advance(minutes * 60_000);
  const hostname = NAMES[host] ?? NAMES[0];
  const number = (sql: string, ...values: (string | number)[]): number => Number(desk.db.prepare(sql).pluck().get(...values) ?? 0);
  const some = (from: string): number => number(`SELECT ${from.split(' ')[0] ?? ''} FROM ${from.split(' ').slice(1).join(' ')} ORDER BY 1 LIMIT 1 OFFSET ?`, other % Math.max(1, number(`SELECT count(*) FROM ${from.split(' ').slice(1).join(' ')}`)));
  const hostId = number('SELECT host_id FROM hosts WHERE hostname = ?', hostname);
  const media = desk.db.prepare<[], { id: string }>('SELECT media_id AS id FROM media ORDER BY 1').all().map(({ id }) => id);
  const mediaId = media[other % media.length] ?? '';
  const reason = BLOCKED_REASONS[other % BLOCKED_REASONS.length] ?? 'hardware';
  const record = (computerName: string) => makeRecord({ attemptId: attemptIdOf((drawn += 1)), slot: 1 + (other % 2), startedAtMs: desk.clock() - 60_000, finishedAtMs: desk.clock(), computerName, outcome, blockedReason: outcome === 'blocked' ? reason : null, removedCount: outcome === 'repaired' ? 1 : 0 });
  const build = async (): Promise<string> => {
    const built = orderMedium(desk, { scope: 'all' });
    const members = desk.db.prepare<[number], { id: number }>('SELECT key_record_id AS id FROM key_records WHERE key_protector_id IS NOT NULL AND key_record_id % 2 = ? ORDER BY 1').all(other % 2).map(({ id }) => id);
    await recordMedium(desk, { mediaId: built, builtAt: instantOf(desk), expiresAt: null, scope: 'all', language: 'en', incidentId: 1, recipeId: 'channel-file-291', recipeVersion: 1, architecture: 'x64', payload: 'P', manifestSha256: 'm', imageName: 'a.img', imageSizeBytes: 1, hosts: members.length, keyRecordIds: members, leftOut: [], slots: [{ slot: 1, technician: 'Karla', recordKey: RECORD_KEY }] }, async () => {});
    return built;
  };
  try {
    switch (kind) {
      case 'block': blockHost(desk, hostId, reason); break;
      case 'unblock': unblockHost(desk, hostId); break;
      case 'verify': verifyHost(desk, hostId, 'seen running'); break;
      case 'close': closeHost(desk, hostId, CLOSED_AS[other % CLOSED_AS.length] ?? 'retired', 'gone'); break;
      case 'reopen': reopenHost(desk, hostId, 'back'); break;
      case 'attempt': takeAttempt(desk, writeRecord(record(hostname), signed ? RECORD_KEY : null)); break;
      case 'claim': takeAttempt(desk, writeRecord(record(hostname), new Uint8Array(32).fill(9))); break;
      case 'unknown': takeAttempt(desk, writeRecord(record(`STRANGE-${other}`), RECORD_KEY)); break;
      case 'report': await importText(desk, `${hostname}\nNEW-${other}\n`, `down-${desk.clock()}.txt`); break;
      case 'key': await importText(desk, csv([{ host: hostname, id: 100 + drawn, password: 100 + (drawn += 1) }]), `keys-${desk.clock()}.csv`); break;
      case 'shown': case 'spoken': disclose(desk, { keyRecordId: some('key_record_id key_records'), reason: 'mass-incident', way: kind, ticket: signed ? 'INC-7' : undefined }); break;
      case 'read-out': readOut(desk, some('disclosure_id disclosures')); break;
      case 'laps': discloseLaps(desk, { lapsPasswordId: 1, reason: 'mass-incident', way: 'shown' }); break;
      case 'build': await build(); break;
      case 'failed': recordFailedMedium(desk, await build(), 'image-not-named', true); break;
      case 'issue': actOnMedium(desk, { mediaId, to: 'issued', holder: signed ? 'Karla' : 'Jon' }); break;
      case 'return': actOnMedium(desk, { mediaId, to: 'returned' }); break;
      case 'wipe': actOnMedium(desk, { mediaId, to: 'wiped' }); break;
      case 'lose': actOnMedium(desk, { mediaId, to: 'lost', note: 'left in a taxi' }); break;
      case 'call': saveCall(desk, undefined, { hostId, caller: 'Sommer', identity: 'called-back' }); break;
      case 'call-ends': closeCall(desk, { callId: some('call_id calls'), outcome: 'broken-off' }); break;
      case 'confirm': confirmByStatement(desk, [some('key_record_id rotations')], 'replaced by hand', signed ? [1] : []); break;
      case 'ask': handOverRotations(desk, { target: 'manage-bde', again: signed }); break;
      case 'wave': assignHosts(desk, 1 + (other % 2), { kind: 'hosts', hostnames: [hostname] }); break;
      case 'no-wave': assignHosts(desk, null, { kind: 'hosts', hostnames: [hostname] }); break;
      case 'site': await importText(desk, `Hostname,Site,OS\r\n${hostname},${other % 2 === 0 ? 'Flensburg' : 'Husum'},${other % 3 === 0 ? 'Windows Server 2022' : 'Windows 11'}\r\n`, `inventory-${desk.clock()}.csv`); break;
      case 'undo': await undoImport(desk, number('SELECT max(import_id) FROM imports WHERE undone_at IS NULL')); break;
      case 'join': joinHosts(desk, { hostId, otherHostId: number('SELECT host_id FROM hosts WHERE hostname = ?', NAMES[other % NAMES.length] ?? ''), reason: 'one machine' }); break;
      case 'part': undoDecision(desk, { decisionId: number('SELECT max(decision_id) FROM host_decisions WHERE undone_at IS NULL'), reason: 'two after all' }); break;
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
