// disclose --laps: lets the password of a host's local administrator out, on record as a recovery password is.
import type { Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import type { DisclosureReason } from '../core/codes.ts';
import { EXIT, type CommandContext, type CommandResult } from './command.ts';
import { findHost } from './host-acts.ts';

type Candidate = Output<'laps.ofHost'>[number];

/** @param account Untrusted; undefined: the only one there is. @returns The latest of that account; AppError `not-found`, `invalid-input` when several accounts have one. */
async function findLaps(context: CommandContext, hostname: string, account: string | undefined): Promise<Candidate> {
  const all = await context.api.call('laps.ofHost', { hostId: await findHost(context, hostname) });
  const wanted = all.filter((one) => one.latest && (account === undefined || one.account?.toLowerCase() === account.toLowerCase()));
  const [found] = wanted;
  if (found === undefined) throw new AppError('not-found', { hostname, lapsPasswords: all.length });
  if (wanted.length > 1) throw new AppError('invalid-input', { usage: context.say.severalLaps(found.hostname, wanted.map((one) => one.account ?? context.say.builtInAdministrator).join(', ')) });
  return found;
}

/** The password alone on standard output; what is said about it on the other one. */
export async function discloseLaps(context: CommandContext, hostname: string, { account, reason, ticket }: { readonly account: string | undefined; readonly reason: DisclosureReason; readonly ticket: string | undefined }): Promise<CommandResult> {
  const { api, say, print, tell } = context;
  const found = await findLaps(context, hostname, account);
  const disclosure = await api.call('disclosures.discloseLaps', { lapsPasswordId: found.lapsPasswordId, reason, ...(ticket === undefined ? {} : { ticket }) });
  print(disclosure.lapsPassword);
  tell(say.lapsLine(found.account ?? say.builtInAdministrator, found.updatedAt ?? say.unknownDate, found.expiresAt ?? say.unknownDate));
  tell(say.disclosed(disclosure.disclosureId, found.hostname));
  return { json: { hostname: found.hostname, account: found.account, lapsPassword: disclosure.lapsPassword, disclosureId: disclosure.disclosureId, at: disclosure.at }, exitCode: EXIT.done };
}

/** @returns Numbers of the LAPS passwords of a host that were disclosed. AppError `not-found`. */
export async function disclosedLapsOf(context: CommandContext, hostname: string): Promise<number[]> {
  const disclosed = (await context.api.call('laps.ofHost', { hostId: await findHost(context, hostname) })).filter(({ disclosedAt }) => disclosedAt !== null);
  if (disclosed.length === 0) throw new AppError('not-found', { hostname });
  return disclosed.map(({ lapsPasswordId }) => lapsPasswordId);
}
