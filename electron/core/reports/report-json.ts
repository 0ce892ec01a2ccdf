// A report for programs: the facts that the paper of its kind is written from, and no others.
import type { ReportKind } from '../codes.ts';
import type { ReportFacts } from './report-facts.ts';

type Fact = keyof ReportFacts;

/** The instant a report holds for, and what it stands on. */
const STAMP = ['asOf', 'scope', 'auditHead', 'deskId', 'demo', 'undoneSince'] as const satisfies readonly Fact[];
const HOSTS = ['all', 'repairedLastHour', 'verifiedLastHour', 'blocked'] as const satisfies readonly Fact[];
const OUTAGE = ['all', 'kinds', 'firstReportedAt', 'lastVerifiedAt', 'attempts', 'media', 'disclosed', 'rotations'] as const satisfies readonly Fact[];

/** What each kind says, beside the stamp. */
export const FACTS_OF = {
  situation: [...HOSTS, 'states', 'sites', 'keyRecords', 'downWithoutKey', 'disclosed', 'rotations', 'media', 'mediaOut'],
  extent: OUTAGE,
  nis2: [...HOSTS, ...OUTAGE.slice(1)],
  dora: OUTAGE,
  disclosures: ['disclosed', 'disclosures'],
  rotation: ['rotations', 'openRotations'],
  handover: [...HOSTS, 'openCalls', 'mediaOut', 'since', 'changesSince'],
} as const satisfies Record<ReportKind, readonly Fact[]>;

/** @returns Instants and codes as they are kept, in English, whatever the language of the order; the same facts give the same text. */
export function reportJson(facts: ReportFacts, kind: ReportKind): string {
  return `${JSON.stringify({ kind, ...Object.fromEntries([...STAMP, ...FACTS_OF[kind]].map((name) => [name, facts[name]])) }, null, 2)}\n`;
}
