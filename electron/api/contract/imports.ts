// The part of the contract about imports: bringing files in, with what a person says of a table's columns, and taking them back.
import { z } from 'zod';
import { LIST_SAID, MAPPED_FIELDS, STAYED_BECAUSE } from '../../core/codes.ts';
import { importStream } from './live-questions.ts';
import { call, stream } from './procedure.ts';
import * as shape from './shapes.ts';

const mappedField = z.enum(MAPPED_FIELDS).nullable();
/** `path`: of the one table meant, for a table without a header; its member in an archive as `archive.zip/member.csv`. */
const columnMapping = z.object({ header: z.array(shape.keptText(1000)).max(100).nullable(), fields: z.array(mappedField).min(2).max(100), inventory: z.boolean().default(false), path: z.string().min(1).max(4096).nullable().default(null) });

const column = z.object({ proposed: mappedField, filled: z.number().int(), recoveryPasswords: z.number().int(), guids: z.number().int(), instants: z.number().int(), hostnames: z.number().int() });

const importFile = z.object({ importFileId: z.number().int() });
/** `changed`: hosts that are said to be down now, or no longer. */
const listSays = z.object({ importFileId: z.number().int(), said: z.enum(LIST_SAID), hosts: z.number().int(), changed: z.number().int() });

export const importProcedures = {
  'imports.run': stream(z.object({ paths: shape.paths, mappings: z.array(columnMapping).max(50).default([]) }), importStream),
  /** The first rows of each table among the files; null for a cell with a recovery password in it, or what may be one. */
  'imports.preview': call(z.object({ paths: shape.paths }), z.array(z.object({
    path: z.string(), name: z.string(),
    table: z.object({
      header: z.array(z.string()).readonly().nullable(), columns: z.array(column).readonly(), rows: z.array(z.array(z.string().nullable()).readonly()).readonly(), rowsLookedAt: z.number().int(),
      standing: z.enum(['recognised', 'answered', 'unknown']), fields: z.array(mappedField).readonly().nullable(),
    }),
  }))),
  'imports.list': call(z.object(shape.page), z.array(shape.importSummary)),
  'imports.get': call(z.object({ importId: z.number().int() }), z.object({
    summary: shape.importSummary, ...shape.reportedFiles,
    conflicts: z.array(z.object({ keyProtectorId: z.string().nullable(), hostname: z.string().nullable(),
      keptSource: z.string(), keptRow: z.number().int(), keptCreatedAt: shape.instant.nullable(), keptHostname: z.string().nullable(), keptTested: z.boolean(),
      otherSource: z.string(), otherRow: z.number().int(), otherCreatedAt: shape.instant.nullable(), otherHostname: z.string().nullable(), otherTested: z.boolean() })),
  })),
  /** Files of an import in their order; `onlyRemarkable`: those that a person has to hear of. */
  'imports.files': call(z.object({ importId: z.number().int(), onlyRemarkable: z.boolean(), offset: shape.page.offset, limit: z.number().int().min(1).max(1000).default(100) }), z.array(shape.fileReport)),
  /** Takes back what only this import brought in. Whoever aborts keeps what was taken back until then; undone again, it goes on from there. */
  'imports.undo': stream(z.object({ importId: z.number().int() }), z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('progress'), keyRecords: z.number().int(), ofKeyRecords: z.number().int(), hosts: z.number().int(), ofHosts: z.number().int() }),
    z.object({
      kind: z.literal('done'), /** Broken off: the rest is still in. */ cancelled: z.boolean(),
      importId: z.number().int(), keyRecordsRemoved: z.number().int(), lapsPasswordsRemoved: z.number().int(), listedKeysRemoved: z.number().int(), pagesRemoved: z.number().int(), hostsRemoved: z.number().int(), hostsPutBack: z.number().int(), conflictsSettled: z.number().int(),
      keyRecordsStayed: z.number().int(), hostsStayed: z.number().int(),
      stayed: z.array(z.object({ keyProtectorId: z.string().nullable(), hostname: z.string().nullable(), because: z.enum(STAYED_BECAUSE) })).readonly(),
    }),
  ])),
  /** Of a list of hosts that was taken in: they are down, or it is an inventory only. */
  'imports.sayDown': call(importFile, listSays),
  'imports.sayInventory': call(importFile, listSays),
  /** Every row that did not come in, without its content: for whoever exported it. */
  'imports.rejections': call(z.object({ importId: z.number().int(), offset: shape.page.offset, limit: z.number().int().min(1).max(10_000).default(1000) }), z.object({
    total: z.number().int(), rows: z.array(shape.rejectedRow.extend({ path: z.string() })),
  })),
} as const;
