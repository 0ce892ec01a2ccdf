// The part of the contract about incidents and the recipes their media carry.
import { z } from 'zod';
import { HOST_STATES, MEDIA_STATES, ROTATION_STATES } from '../../core/codes.ts';
import { call } from './procedure.ts';
import { freeText, instant, nothing, operatorName, passphrase } from './shapes.ts';

/** Checked in full by core/recipes: this only keeps what is no text of that sort out. */
const recipeFields = {
  recipeId: freeText(40).min(1), title: freeText(200).min(1), path: freeText(200).min(1), pattern: freeText(200).min(1),
  /** Hexadecimal, spaces between allowed. */
  header: z.string().max(100).default(''), keepFrom: instant.nullable().default(null),
};
const recipeVersion = z.object({
  recipeId: z.string(), version: z.number().int(), title: z.string(), path: z.string(), pattern: z.string(), header: z.string(), keepFrom: instant.nullable(),
  addedAt: instant, addedBy: z.string(), approvedAt: instant.nullable(), approvedBy: z.string().nullable(), attempts: z.number().int(), media: z.number().int(),
});
const whichVersion = z.object({ recipeId: recipeFields.recipeId, version: z.number().int().min(1) });

const incident = z.object({
  incidentId: z.number().int(), name: z.string(), recipeId: z.string(), recipeVersion: z.number().int().nullable(), createdAt: instant, createdBy: z.string(), closedAt: instant.nullable(), closedBy: z.string().nullable(),
  hostsOpen: z.number().int(), rotationsOpen: z.number().int(), mediaOut: z.number().int(), media: z.number().int(),
});
/** `count` is of all, `rows` are the first of them. */
const group = <T extends z.ZodType>(row: T) => z.object({ count: z.number().int(), rows: z.array(row).readonly() });
const stillOpen = z.object({
  hosts: group(z.object({ hostname: z.string(), state: z.enum(HOST_STATES) })),
  rotations: group(z.object({ keyProtectorId: z.string().nullable(), hostname: z.string().nullable(), state: z.enum(ROTATION_STATES) })),
  media: group(z.object({ mediaId: z.string(), state: z.enum(MEDIA_STATES), holder: z.string().nullable() })),
});

export const incidentProcedures = {
  'incidents.list': call(nothing, z.array(incident)),
  'incidents.create': call(z.object({ name: freeText(100).min(1), recipeId: recipeFields.recipeId }), incident),
  /** Closes it, or says what is still open; then it stays so. `archive` is written and read back before, `purge` destroys every recovery password of the desk, and the vault closes. */
  'incidents.close': call(z.object({
    incidentId: z.number().int(), archive: z.string().min(1).max(4000).optional(), purge: z.boolean().default(false), secondOperator: operatorName.optional(), secondPassphrase: passphrase.optional(),
  }), z.object({
    incident, stillOpen: stillOpen.nullable(),
    archive: z.object({ path: z.string(), sizeBytes: z.number(), auditHead: z.string(), operators: z.array(z.string()).readonly(), recoverySheet: z.boolean() }).nullable(), purged: z.boolean(), auditHead: z.string(),
  })),
  'recipes.list': call(nothing, z.array(recipeVersion)),
  /** The next version of a recipe, or a new one. It goes on no medium before another operator has approved it. */
  'recipes.add': call(z.object(recipeFields), recipeVersion),
  'recipes.approve': call(whichVersion, recipeVersion),
  /** What it would do to a folder that stands for the root of a Windows volume, or to every Windows of an image or a disk (core/recipes/dry-run). Removes nothing. */
  'recipes.dryRun': call(z.object({ recipe: z.object(recipeFields), path: z.string().min(1) }), z.object({
    found: z.boolean(), removed: z.number().int(), kept: z.number().int(), volumes: z.number().int(), locked: z.number().int(), damaged: z.number().int(),
    files: z.array(z.object({ partition: z.number().int().nullable(), name: z.string(), sizeBytes: z.number(), modifiedAt: instant.nullable(), act: z.enum(['remove', 'keep']), reason: z.enum(['name-differs', 'newer', 'header-differs']).nullable() })).readonly(),
  })),
} as const;
