// A tenant of Entra ID, read over Graph with the rights of whoever signed in.
import { AppError } from '../core/app-error.ts';
import type { DeviceRotator } from '../core/rotation/rotate-devices.ts';
import type { TenantFinder } from '../core/sources/tenant-question.ts';
import type { GraphObject, TenantKeys, TenantReader } from '../core/sources/tenant-source.ts';
import type { Graph } from './graph.ts';
import { signIn, type TenantAddress, type TenantLent, type TenantListener } from './tenant-sign-in.ts';

/** Least rights, by what is asked for. */
const RIGHTS = {
  devices: 'Device.Read.All', list: 'BitlockerKey.ReadBasic.All', read: 'BitlockerKey.Read.All', laps: 'DeviceLocalCredential.Read.All',
  managed: 'DeviceManagementManagedDevices.Read.All', rotate: 'DeviceManagementManagedDevices.PrivilegedOperations.All',
} as const;
type Right = (typeof RIGHTS)[keyof typeof RIGHTS];

/**
 * Signs in.
 *
 * @returns AppError `source-refused-sign-in`, `source-unreachable`, `invalid-input` and those of files.
 */
export async function openTenant(address: TenantAddress, keys: TenantKeys, listener: TenantListener, lent: TenantLent = {}): Promise<TenantReader> {
  return readerOf((await signIn(address, [RIGHTS.devices, keys === 'none' ? RIGHTS.list : RIGHTS.read], listener, lent))(listener));
}

/** @returns What answers one question: gone with its signal, and its pauses are told to who asked. */
export type FinderFor = (listener: Pick<TenantListener, 'signal' | 'onWait'>) => TenantFinder;

/** Signs in to ask for single hosts and key IDs, LAPS passwords too. @returns One for each question. Failures as above; what a right is missing for is left out of the answers. */
export async function openTenantFinder(address: TenantAddress, listener: TenantListener, lent: TenantLent = {}): Promise<FinderFor> {
  const signedIn = await signIn(address, [RIGHTS.devices, RIGHTS.read, RIGHTS.laps], listener, lent);
  return (question) => finderOf(signedIn(question));
}

function finderOf(graph: Graph): TenantFinder {
  const listed = async (path: string, right: Right): Promise<GraphObject[]> => {
    const all: GraphObject[] = [];
    for await (const page of graph.pages(path, right)) all.push(...page);
    return all;
  };
  return {
    ...readerOf(graph),
    findDevices: (by) => listed(`/v1.0/devices?$filter=${'deviceId' in by ? `deviceId%20eq%20${quoted(by.deviceId.toLowerCase())}` : `displayName%20eq%20${quoted(by.displayName)}`}&$select=${DEVICE_FACTS}`, RIGHTS.devices),
    keysOfDevice: (deviceId) => listed(`/v1.0/informationProtection/bitlocker/recoveryKeys?$filter=deviceId%20eq%20${quoted(deviceId.toLowerCase())}`, RIGHTS.list),
    async readLocalCredentials(deviceId) {
      const answer = await graph.get(`/v1.0/directory/deviceLocalCredentials/${encodeURIComponent(deviceId.toLowerCase())}?$select=credentials`);
      return answer.status === 'ok' ? answer.object : answer.status === 'gone' ? null : 'not-allowed';
    },
  };
}

/** Signs in to have Intune rotate what was disclosed. Failures as above. */
export async function openDeviceRotator(address: TenantAddress, listener: TenantListener, lent: TenantLent = {}): Promise<DeviceRotator> {
  const graph = (await signIn(address, [RIGHTS.managed, RIGHTS.rotate], listener, lent))(listener);
  return {
    async findManagedDevices(deviceId) {
      const found: string[] = [];
      for await (const page of graph.pages(`/beta/deviceManagement/managedDevices?$filter=azureADDeviceId%20eq%20${quoted(deviceId.toLowerCase())}&$select=id`, RIGHTS.managed)) found.push(...page.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])));
      return found;
    },
    async rotate(managedDeviceId, what) {
      const answer = await graph.post(`/beta/deviceManagement/managedDevices/${encodeURIComponent(managedDeviceId)}/${what === 'recovery-passwords' ? 'rotateBitLockerKeys' : 'rotateLocalAdminPassword'}`);
      if (answer.status === 'refused') return answer;
      if (answer.status === 'not-allowed') throw new AppError('source-rights-missing', { rights: RIGHTS.rotate });
      return { status: answer.status };
    },
  };
}

const DEVICE_FACTS = 'deviceId,displayName,operatingSystem,operatingSystemVersion,approximateLastSignInDateTime,manufacturer,model';
/** OData: an apostrophe is doubled. */
const quoted = (text: string): string => `'${encodeURIComponent(text.replaceAll("'", "''"))}'`;

function readerOf(graph: Graph): TenantReader {
  return {
    devices: () => graph.pages("/v1.0/devices?$filter=operatingSystem eq 'Windows'&$select=".concat(DEVICE_FACTS, '&$top=999').replaceAll(' ', '%20'), RIGHTS.devices),
    keys: () => graph.pages('/v1.0/informationProtection/bitlocker/recoveryKeys', RIGHTS.list),
    async readKey(id) {
      const answer = await graph.get(`/v1.0/informationProtection/bitlocker/recoveryKeys/${encodeURIComponent(id)}?$select=key`);
      if (answer.status !== 'ok') return answer;
      const key = answer.object['key'];
      return typeof key === 'string' ? { status: 'read', recoveryPassword: key } : { status: 'not-allowed' };
    },
  };
}
