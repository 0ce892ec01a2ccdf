// The part of the contract about many hosts at once: what narrows their list down, acts on all of them, views that were saved.
import { z } from 'zod';
import { call } from './procedure.ts';
import { blockedReason, freeText, hostState, instant, keptText, note, nothing } from './shapes.ts';

const names = z.array(freeText(255).min(1)).max(200).default([]);
/** What narrows the list of hosts down (core/hosts/host-filter). */
export const hostFilter = {
  query: keptText(200).default(''), states: z.array(hostState).default([]), blockedReasons: z.array(blockedReason).default([]), sites: names, waves: names, tags: names, technicians: names,
  /** Hosts picked one by one; empty: any. */
  hostIds: z.array(z.number().int().positive()).max(1000).default([]),
};
/** The hosts a filter finds, and how many of them whoever acts has seen. */
export const many = { filter: z.object(hostFilter), expected: z.number().int().min(1).max(1_000_000) };
/** `undo`: to take it back with, as long as the desk is open. */
const acted = z.object({ found: z.number().int(), changed: z.number().int(), undo: z.number().int() });
/** How many the act had changed, and how many are as before. */
export const undone = z.object({ found: z.number().int(), changed: z.number().int() });
const facet = z.array(z.object({ value: z.string(), count: z.number().int() })).readonly();
const viewName = freeText(60).min(1);
/** As the address writes it: what stands in it is looked at as it was typed. */
const viewFilter = keptText(2000).refine((filter) => [...new URLSearchParams(filter).values()].every((value) => keptText(2000).safeParse(value).success), 'recovery-password');
const views = z.array(z.object({ name: z.string(), filter: z.string(), savedBy: z.string(), savedAt: instant }));

export const manyHostsProcedures = {
  /** Of a kind, what the rest of the filter finds; waves with no host too. */
  'hosts.facets': call(z.object(hostFilter), z.object({ sites: facet, waves: facet, tags: facet, technicians: facet })),
  'hosts.tag': call(z.object({ ...many, tag: freeText(60).min(1).regex(/^[^,\p{Cc}]+$/u), remove: z.boolean().default(false) }), acted),
  'hosts.blockMany': call(z.object({ ...many, reason: blockedReason, note: note.optional() }), acted),
  /** To a technician by name; with null to nobody. */
  'hosts.assign': call(z.object({ ...many, technician: freeText(64).min(1).regex(/^[^,\p{Cc}]+$/u).nullable() }), acted),
  /** Hosts that somebody changed since in the same respect stay as they are. */
  'hosts.undoMany': call(z.object({ undo: z.number().int() }), undone),
  'hosts.views': call(nothing, views),
  /** `filter` is the end of the address of the list. */
  'hosts.saveView': call(z.object({ name: viewName, filter: viewFilter }), views),
  'hosts.deleteView': call(z.object({ name: z.string().trim().min(1).max(60) }), views),
} as const;
