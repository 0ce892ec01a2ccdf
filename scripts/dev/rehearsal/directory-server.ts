// A real directory on 127.0.0.1: Samba as a domain controller with constructed computers, recovery objects, LAPS passwords (its schema is extended for both
// kinds of LAPS, as Update-AdmPwdADSchema and Update-LapsADSchema do), and three accounts with different rights.
// Needs root and the packages of test/requirements.ts. LDAP on 389, LDAPS on 636: one at a time on a machine.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { constructKeys } from '../construct-keys.ts';
import { LAPS_ATTRIBUTE_GUIDS, LAPS_SCHEMA_STEPS, lapsLdif, lapsOf, type ConstructedLaps } from './laps-schema.ts';
import { mustRun, run } from './shell.ts';

export interface ConstructedComputer { readonly hostname: string; readonly organizationalUnit: 'Laptops' | 'Branch'; readonly keys: readonly { readonly keyProtectorId: string; readonly recoveryPassword: string; readonly createdAt: string }[]; /** Null: none; every fourth of each. */ readonly laps: ConstructedLaps | null }

export interface DirectoryServer {
  readonly base: string;
  readonly computers: readonly ConstructedComputer[];
  /** `reader`: read delegated, the account Bluelift asks for. `onlooker`: sees recovery objects and when LAPS passwords end, no password. `nobody`: what every account may. */
  readonly accounts: Readonly<Record<'reader' | 'onlooker' | 'nobody', string>>;
  /** Of all accounts; constructed. */
  readonly password: string;
  stop(): Promise<void>;
}

const BASE = 'DC=corp,DC=example';
const PASSWORD = 'Constructed.Passw0rd.1';
const ACCOUNTS = { reader: 'reader@corp.example', onlooker: 'onlooker@corp.example', nobody: 'nobody@corp.example' } as const;
const START_MS = 90_000;
const PORT = 636;
/** Below the ports the kernel gives to whoever asks for any: with one of Samba's own choice taken, it does not come up. */
const RPC_PORTS = '--option=rpc server dynamic port range=20049-20149';

/** schemaIDGUID of msFVE-RecoveryInformation, and of its confidential attribute msFVE-RecoveryPassword. */
const RECOVERY_OBJECTS = 'ea715d30-8f53-40d0-bd1e-6109186d782c';
const RECOVERY_PASSWORD = '43061ac1-c8ad-4ccc-b785-2bfac20fc60a';
/** schemaIDGUID of the class computer. */
const COMPUTER = 'bf967a86-0de6-11d0-a285-00aa003049e2';

/**
 * @param folder  Kept between runs: provisioning and filling take a minute; what is there is only started.
 * @param count  Computers. Every third has an older key too, every tenth none. The same for the same count.
 */
export async function startDirectoryServer(folder: string, count: number): Promise<DirectoryServer> {
  if (await isListening()) throw new Error(`something listens on port ${PORT} already`);
  const computers = constructComputers(count);
  const filled = join(folder, `filled-${count}`);
  const isNew = !existsSync(filled);
  if (isNew) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await provision(folder);
  }
  const log = openSync(join(folder, 'samba.log'), 'w');
  const samba = spawn('samba', ['--interactive', `--configfile=${join(folder, 'etc/smb.conf')}`, '--option=server services=ldap,rpc,kdc,winbindd', '--option=dsdb:schema update allowed=true', '--option=ldb:nosync=true', RPC_PORTS, `--option=pid directory=${folder}`, `--option=lock directory=${join(folder, 'state')}`], { stdio: ['pipe', log, log], detached: true });
  const stop = (): Promise<void> => stopAll(samba);
  try {
    const until = performance.now() + START_MS;
    while (!(await isListening())) {
      if (samba.exitCode !== null || performance.now() > until) throw new Error(`samba does not come up; see ${join(folder, 'samba.log')}`);
      await wait(200);
    }
    if (isNew) await fill(folder, computers);
    writeFileSync(filled, '');
  } catch (error) {
    await stop();
    throw error;
  }
  return { base: BASE, computers, accounts: ACCOUNTS, password: PASSWORD, stop };
}

function constructComputers(count: number): ConstructedComputer[] {
  const drawn = constructKeys({ records: 2 * count, hosts: count, seed: 'directory' });
  return Array.from({ length: count }, (_, n) => {
    const [first, second] = [drawn.next().value, drawn.next().value];
    if (first === undefined || second === undefined) throw new Error('too few keys');
    const keys = n % 10 === 9 ? [] : n % 3 === 0 ? [first, second] : [first];
    return {
      hostname: `CONSTR-${String(n + 1).padStart(5, '0')}`, organizationalUnit: n % 2 === 0 ? 'Laptops' : 'Branch',
      keys: keys.map(({ keyProtectorId, recoveryPassword }, index) => ({ keyProtectorId, recoveryPassword, createdAt: `2024-0${1 + index}-1${n % 10}T08:00:00Z` })),
      laps: lapsOf(n),
    };
  });
}

async function provision(folder: string): Promise<void> {
  const long = { timeoutMs: 600_000 };
  await mustRun('samba-tool', ['domain', 'provision', '--realm=CORP.EXAMPLE', '--domain=CORP', '--server-role=dc', '--dns-backend=NONE', `--adminpass=${PASSWORD}`, `--targetdir=${folder}`, '--option=interfaces=lo', '--option=bind interfaces only=yes'], long);
  const database = ['-s', join(folder, 'etc/smb.conf'), '-H', join(folder, 'private/sam.ldb')];
  for (const account of Object.values(ACCOUNTS)) await mustRun('samba-tool', ['user', 'create', account.split('@')[0] ?? '', PASSWORD, ...database]);
  const grant = async (name: string, passwordToo: boolean): Promise<void> => {
    const { stdout } = await run('samba-tool', ['user', 'show', name, ...database]);
    const sid = /objectSid: (\S+)/.exec(stdout)?.[1] ?? '';
    const see = `(OA;CIIO;LCRPLORC;;${RECOVERY_OBJECTS};${sid})`;
    const read = `(OA;CIIO;RPCR;${RECOVERY_PASSWORD};${RECOVERY_OBJECTS};${sid})`;
    const laps = LAPS_ATTRIBUTE_GUIDS.map((guid) => `(OA;CIIO;RPCR;${guid};${COMPUTER};${sid})`).join('');
    await mustRun('samba-tool', ['dsacl', 'set', ...database, `--objectdn=${BASE}`, `--sddl=${see}${passwordToo ? read + laps : ''}`]);
  };
  await grant('reader', true);
  await grant('onlooker', false);
}

/** Over the wire, as anybody would. Nothing is forced onto the disk for it (`ldb:nosync`): a constructed domain is thrown away, and every entry is a transaction. */
async function fill(folder: string, computers: readonly ConstructedComputer[]): Promise<void> {
  const asAdministrator = ['-x', '-H', 'ldaps://127.0.0.1', '-D', 'Administrator@corp.example'];
  const ldif = join(folder, 'computers.ldif');
  const schema = join(folder, 'schema.ldif');
  const secret = join(folder, 'administrator.password');
  writeFileSync(ldif, toLdif(computers), { mode: 0o600 });
  writeFileSync(secret, PASSWORD, { mode: 0o600 });
  try {
    // The port is open some seconds before anybody is signed in there.
    const env = { LDAPTLS_REQCERT: 'never' };
    for (const until = performance.now() + START_MS; (await run('ldapsearch', [...asAdministrator, '-y', secret, '-s', 'base', '-b', BASE, 'dn'], { env })).exitCode !== 0 && performance.now() < until;) await wait(500);
    for (const step of LAPS_SCHEMA_STEPS(BASE)) {
      writeFileSync(schema, step);
      await mustRun('ldapmodify', [...asAdministrator, '-y', secret, '-f', schema], { env, timeoutMs: 60_000 });
    }
    await mustRun('ldapadd', [...asAdministrator, '-y', secret, '-f', ldif], { env, timeoutMs: 1_200_000 });
  } finally {
    rmSync(ldif);
    rmSync(schema, { force: true });
    rmSync(secret);
  }
}

function toLdif(computers: readonly ConstructedComputer[]): string {
  const entries = ['Laptops', 'Branch'].map((name) => `dn: OU=${name},${BASE}\nobjectClass: organizationalUnit\n`);
  for (const { hostname, organizationalUnit, keys, laps } of computers) {
    const dn = `CN=${hostname},OU=${organizationalUnit},${BASE}`;
    entries.push(`dn: ${dn}\nobjectClass: computer\nsAMAccountName: ${hostname}$\nuserAccountControl: 4096\ndNSHostName: ${hostname.toLowerCase()}.corp.example\noperatingSystem: Windows 11 Enterprise\ndescription: Desk ${hostname.slice(-3)}\nlocation: Room ${hostname.slice(-2)}\n${lapsLdif(laps)}`);
    for (const { keyProtectorId, recoveryPassword, createdAt } of keys) {
      entries.push(`dn: CN=${createdAt.replace('Z', '-00:00')}{${keyProtectorId}},${dn}\nobjectClass: msFVE-RecoveryInformation\nmsFVE-RecoveryPassword: ${recoveryPassword}\nmsFVE-RecoveryGuid:: ${windowsBytes(keyProtectorId)}\n`);
    }
  }
  return entries.join('\n');
}

/** The directory keeps a GUID with its first three parts turned round. */
function windowsBytes(id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  for (const [from, to] of [[0, 4], [4, 6], [6, 8]] as const) bytes.subarray(from, to).reverse();
  return bytes.toString('base64');
}

function isListening(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(PORT, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

/** Samba's children are a group of their own. */
async function stopAll(samba: ChildProcess): Promise<void> {
  if (samba.pid === undefined) return;
  try {
    process.kill(-samba.pid, 'SIGTERM');
  } catch { /* it has gone by itself */ }
  for (let n = 0; n < 100 && (await isListening()); n += 1) await wait(100);
}
