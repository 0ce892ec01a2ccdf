// What somebody orders when a medium is to be built, and what can be said of it before anything takes long: looked at first, refused first.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import type { ImageFormat, MediumMode } from '../codes.ts';
import type { Desk, SignedInOperator } from '../desk.ts';
import { recipeForMedium } from '../incidents/incidents.ts';
import type { Recipe } from '../recipes/recipe.ts';
import { incidentOfWave } from '../waves/media-gate.ts';
import { requireOpenOrder } from './media-orders.ts';
import type { Renewal } from './renew-medium.ts';
import { resolveScope, type ResolvedScope, type Scope } from './scope.ts';

export interface MediumToBuild {
  readonly base: string; readonly out: string; readonly overwrite: boolean; readonly format?: ImageFormat | undefined; readonly scope: Scope; readonly language: 'en' | 'de';
  /** Written onto this disk; `out` is its place then, and `label` what the register calls it. */
  readonly disk?: { readonly sizeBytes: number; readonly label: string; readonly name: string | null; readonly serial: string | null } | undefined;
  /** On the stick of another medium, whose base it keeps; `base` is not looked at then. */
  readonly renewal?: Renewal | undefined;
  /** Left out: repair. A `manual` medium has no technicians, no passcode and no keys; a base without script host does for it. */
  readonly mode?: MediumMode | undefined;
  /** A copy of each file that is removed stays with the results. */
  readonly keepCopies?: boolean | undefined;
  /** Each gets a slot and a passcode of their own. */
  readonly technicians: readonly string[];
  /** Without a passcode, by this order (media-orders.ts): whoever has a list of key protector IDs can read it. */
  readonly withoutPasscode?: string | undefined;
  /** Instant; left out: the medium does not expire. */
  readonly expiresAt?: string | undefined;
  /** Its approved recipe goes onto the medium. Left out: the one incident that is open. */
  readonly incidentId?: number | undefined;
  /** A folder of drivers; absolute. */
  readonly drivers?: string | undefined;
  /** Two partitions, each with one of the base's loaders. */
  readonly twoLoaders?: boolean | undefined;
  /** Why hosts of waves that are not opened go onto it all the same; left out: they stay off. */
  readonly override?: string | undefined;
}

/** What of an order the desk can judge by itself. */
export type OrderFacts = Pick<MediumToBuild, 'scope' | 'technicians' | 'mode' | 'expiresAt' | 'incidentId' | 'withoutPasscode' | 'keepCopies'> & { readonly overridden: boolean };

export interface CheckedOrder { readonly technicians: readonly string[]; readonly incidentId: number; readonly recipe: Recipe; readonly scope: ResolvedScope }

/**
 * Looks at an order before a base is read.
 *
 * @param breathe As `resolveScope` takes it.
 * @returns What the medium is for, and what goes onto it. Reads only. AppError `not-found` (a technician, wave or site nobody knows), `not-a-technician`, `invalid-input` (`expiresAt` in the past, `technicians` missing, or what is for keys and agent on a `manual` medium),
 *          what `recipeForMedium` and `requireOpenOrder` refuse, `nothing-to-put-on-media`.
 */
export async function checkOrder(desk: Desk, order: OrderFacts, breathe: () => Promise<void>): Promise<CheckedOrder> {
  refuseWithoutUse(order);
  const technicians = findTechnicians(desk.db, order.technicians, desk.operator);
  if (order.expiresAt !== undefined && !(Date.parse(order.expiresAt) > desk.clock())) throw new AppError('invalid-input', { field: 'expiresAt', reason: 'in-the-past' });
  const { incidentId, recipe } = recipeForMedium(desk.db, order.incidentId ?? (order.scope.kind === 'wave' ? incidentOfWave(desk.db, order.scope.wave) : undefined));
  if (order.withoutPasscode !== undefined) requireOpenOrder(desk.db, order.withoutPasscode);
  const scope = await resolveScope(desk.db, order.scope, breathe, order.overridden);
  // Safe boot is for hosts without a key, and looking needs none.
  if (scope.keyRecordIds.length === 0 && (order.mode ?? 'repair') === 'repair') throw new AppError('nothing-to-put-on-media', { scope: scope.label, leftOut: scope.leftOut.length });
  return { technicians, incidentId, recipe, scope: order.mode === 'manual' ? withoutKeys(scope) : scope };
}

/** Nobody shall believe that a medium without keys or agent has them. */
function refuseWithoutUse({ mode, technicians, withoutPasscode, keepCopies }: OrderFacts): void {
  if (mode !== 'manual') {
    if (technicians.length === 0) throw new AppError('invalid-input', { field: 'technicians', reason: 'missing' });
    return;
  }
  const field = technicians.length > 0 ? 'technicians' : withoutPasscode !== undefined ? 'withoutPasscode' : keepCopies === true ? 'keepCopies' : null;
  if (field !== null) throw new AppError('invalid-input', { field, reason: 'not-on-manual-medium' });
}

/** The recovery password is typed at the host, so that a host without a key record is no other than the rest. */
function withoutKeys({ label, hosts, leftOut }: ResolvedScope): ResolvedScope {
  const staysOff = leftOut.filter(({ reason }) => reason !== 'no-key' && reason !== 'no-key-protector-id');
  return { label, hosts: hosts + leftOut.length - staysOff.length, keyRecordIds: [], leftOut: staysOff };
}

/** For the error that names one nobody knows. */
function listTechnicians(db: ReadableDatabase): string[] {
  const names = db.prepare<[], { name: string }>("SELECT o.name FROM operators o JOIN operator_roles r USING (operator_id) WHERE r.role = 'technician' AND o.status = 'active' ORDER BY o.name LIMIT 13").all().map(({ name }) => name);
  return names.length > 12 ? [...names.slice(0, 12), '…'] : names;
}

/** @returns The names as the register spells them, each once. */
export function findTechnicians(db: ReadableDatabase, names: readonly string[], caller: SignedInOperator): string[] {
  const found = new Set<string>();
  for (const name of names) {
    const row = db.prepare<[string], { name: string; status: string; is_technician: number }>(
      "SELECT name, status, EXISTS (SELECT 1 FROM operator_roles r WHERE r.operator_id = o.operator_id AND role = 'technician') AS is_technician FROM operators o WHERE name = ?",
    ).get(name.trim());
    if (row === undefined || row.status !== 'active') throw new AppError('not-found', { operator: name, known: listTechnicians(db) });
    if (row.is_technician === 0 && row.name !== caller.name) throw new AppError('not-a-technician', { operator: row.name });
    found.add(row.name);
  }
  return [...found];
}
