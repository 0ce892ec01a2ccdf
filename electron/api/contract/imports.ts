// What a person says of a table's columns, and what is shown for that: never a recovery password.
import { z } from 'zod';
import { MAPPED_FIELDS } from '../../core/codes.ts';
import { call } from './procedure.ts';

const mappedField = z.enum(MAPPED_FIELDS).nullable();
/** `path`: of the one table meant, for a table without a header; its member in an archive as `archive.zip/member.csv`. */
export const columnMapping = z.object({ header: z.array(z.string().max(1000)).max(100).nullable(), fields: z.array(mappedField).min(2).max(100), inventory: z.boolean().default(false), path: z.string().min(1).max(4096).nullable().default(null) });

const column = z.object({ proposed: mappedField, filled: z.number().int(), recoveryPasswords: z.number().int(), guids: z.number().int(), instants: z.number().int(), hostnames: z.number().int() });

export const importProcedures = {
  /** The first rows of each table among the files; null for a cell with a recovery password in it, or what may be one. */
  'imports.preview': call(z.object({ paths: z.array(z.string().min(1)).min(1).max(1000) }), z.array(z.object({
    path: z.string(), name: z.string(),
    table: z.object({
      header: z.array(z.string()).readonly().nullable(), columns: z.array(column).readonly(), rows: z.array(z.array(z.string().nullable()).readonly()).readonly(), rowsLookedAt: z.number().int(),
      standing: z.enum(['recognised', 'answered', 'unknown']), fields: z.array(mappedField).readonly().nullable(),
    }),
  }))),
} as const;
