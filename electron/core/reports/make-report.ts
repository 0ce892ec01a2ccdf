// The seven reports: which facts each has, in which order, and what a person still has to fill in.
import { MACHINE_KINDS, type ReportKind } from '../codes.ts';
import { sayInstant } from './instant-words.ts';
import type { ReportDocument, ReportSection, ReportTable } from './report-document.ts';
import type { Group, ReportFacts, UndoneSince } from './report-facts.ts';
import { LEADS, TITLES, WORDS } from './report-words.ts';

/** How codes are said in the report's language; lent, because they are the same words as on the screens. */
export interface ReportCodes { readonly hostState: (code: string) => string; readonly blockedReason: (code: string) => string; readonly disclosureWay: (code: string) => string; readonly disclosureReason: (code: string) => string; readonly act: (name: string) => string }
/** The same as lists, which another thread can be told. */
export type ReportCodeLists = Readonly<Record<keyof ReportCodes, Readonly<Record<string, string>>>>;
export interface ReportOrder { readonly kind: ReportKind; readonly language: 'en' | 'de' }

/** A page people read holds so many rows of a list. */
const ROWS_ON_PAPER = 1000;
/** The worst of them: the situation is one page. */
const SITES_ON_A_PAGE = 6;

/**
 * @param paper Whether it goes on paper, where long lists are cut and say so.
 * @returns The same facts give the same document.
 */
export function makeReport(facts: ReportFacts, { kind, language }: ReportOrder, codes: ReportCodes, paper: boolean): ReportDocument {
  const at = language === 'en' ? 0 : 1;
  const word = (name: keyof typeof WORDS): string => WORDS[name][at];
  const when = (instant: string): string => (paper ? sayInstant(instant, language) : instant);
  return {
    kind, language, title: TITLES[kind][at], lead: LEADS[kind][at], openLabel: word('open'),
    moreLabel: (count) => (language === 'en' ? `${count} more rows are in the CSV and JSON of this report.` : `${count} weitere Zeilen stehen in CSV und JSON dieses Berichts.`),
    stamp: [[word('asOf'), paper ? `${when(facts.asOf)} (${facts.asOf})` : facts.asOf], ...(facts.scope.incident === null ? [] : [[word('incident'), facts.scope.incident] as const]), ...(facts.scope.wave === null ? [] : [[word('wave'), facts.scope.wave] as const, [word('members'), word('membersNow')] as const]), ...(facts.undoneSince.imports === 0 ? [] : [[word('undoneSince'), undone(facts.undoneSince, isWhole(facts), language)] as const]), [word('auditHead'), facts.auditHead], [word('desk'), facts.demo ? `${facts.deskId} (${word('demo')})` : facts.deskId]],
    sections: SECTIONS[kind]({ facts, word, when, codes, language, cut: paper ? ROWS_ON_PAPER : Infinity }),
  };
}

/** @returns What each code is called; one without a name is called by itself. */
export function codesOf(lists: ReportCodeLists): ReportCodes {
  const named = (list: Readonly<Record<string, string>>) => (code: string): string => list[code] ?? code;
  return { hostState: named(lists.hostState), blockedReason: named(lists.blockedReason), disclosureWay: named(lists.disclosureWay), disclosureReason: named(lists.disclosureReason), act: named(lists.act) };
}

const isWhole = ({ scope }: ReportFacts): boolean => scope.incident === null && scope.wave === null;
/** In the report of a wave: nobody knows any more of which one they were. */
const undone = ({ imports, hosts, keyRecords }: UndoneSince, isWholeDesk: boolean, language: 'en' | 'de'): string => (language === 'en'
  ? `${imports}${isWholeDesk ? '' : ' of the whole desk'}; ${hosts} hosts and ${keyRecords} key records counted then are not counted here`
  : `${imports}${isWholeDesk ? '' : ' am ganzen Arbeitsplatz'}; ${hosts} Hosts und ${keyRecords} Schlüsseldatensätze, damals gezählt, sind hier nicht gezählt`);

interface Writing { readonly facts: ReportFacts; readonly word: (name: keyof typeof WORDS) => string; /** To be read on paper, to be computed with elsewhere. */ readonly when: (instant: string) => string; readonly codes: ReportCodes; readonly language: 'en' | 'de'; readonly cut: number }

const section = (heading: string, parts: Partial<Omit<ReportSection, 'heading'>>): ReportSection => ({ heading, facts: parts.facts ?? [], table: parts.table ?? null, open: parts.open ?? [] });
/** An empty list is said to be empty. */
const listed = (heading: string, { word }: Writing, list: ReportTable, facts: ReportSection['facts'] = []): ReportSection => section(heading, list.rows.length === 0 ? { facts: [...facts, [heading, word('nothing')]] } : { facts, table: list });
/** Only the rows that stand in it are written. */
const table = <T>(head: readonly string[], items: readonly T[], row: (item: T) => ReportTable['rows'][number], cut = Infinity): ReportTable => ({ head, rows: items.slice(0, cut).map(row), more: Math.max(0, items.length - cut) });
/** Of one decimal; some are never none, and not all are never all. */
function percent(part: number, whole: number, language: 'en' | 'de'): string {
  const say = (share: number): string => `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(share)} %`;
  if (whole === 0) return '–';
  const share = (part * 100) / whole;
  if (part > 0 && share < 0.05) return `< ${say(0.1)}`;
  return part < whole && share >= 99.95 ? `> ${say(99.9)}` : say(share);
}
const hoursBetween = (from: string, to: string, language: 'en' | 'de'): string => new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false }).format((Date.parse(to) - Date.parse(from)) / 3_600_000);

const SECTIONS: Readonly<Record<ReportKind, (writing: Writing) => ReportSection[]>> = {
  situation: (w) => [groupFacts(w), states(w), blocked(w), sites(w, Math.min(w.cut, ...(w.cut === Infinity ? [] : [SITES_ON_A_PAGE]))), keys(w)],
  extent: (w) => [machines(w), course(w), effort(w), section(w.word('damage'), { open: [w.word('openStoppage'), w.word('openServices'), w.word('openData'), w.word('openDamage')] }), section(w.word('measures'), { facts: measures(w), open: [w.word('openExternal'), w.word('openLater')] })],
  nis2: (w) => [
    section(w.word('early'), { facts: [[w.word('first'), w.facts.firstReportedAt === null ? w.word('none') : w.when(w.facts.firstReportedAt)], [w.word('affectedHosts'), String(w.facts.all.affected)]], open: [w.word('openContact'), w.word('openKnown'), w.word('openUnlawful'), w.word('openBorder')] }),
    { ...machines(w), heading: w.word('notification'), open: [w.word('openSeverity'), w.word('openIndicators')] },
    groupFacts(w), blocked(w),
    section(w.word('final'), { facts: [...course(w).facts, ...effort(w).facts, ...measures(w)], open: [w.word('openCause'), w.word('openServices'), w.word('openBorder'), w.word('openLater')] }),
  ],
  dora: (w) => [
    section(w.word('initial'), { facts: [[w.word('first'), w.facts.firstReportedAt === null ? w.word('none') : w.when(w.facts.firstReportedAt)], [w.word('affectedHosts'), String(w.facts.all.affected)]], open: [w.word('openContact'), w.word('openClassified'), w.word('openKnown'), w.word('openCritical')] }),
    { ...machines(w), heading: w.word('intermediate'), open: [w.word('openClients'), w.word('openSpread'), w.word('openLoss')] },
    section(w.word('final'), { facts: [...course(w).facts, ...effort(w).facts, ...measures(w)], open: [w.word('openCause'), w.word('openCost'), w.word('openLater')] }),
  ],
  disclosures: (w) => [
    section(w.word('byWay'), { facts: [[w.word('count'), String(w.facts.disclosed)], ...tally(w.facts.disclosures.map(({ way }) => way)).map(([way, n]) => [w.codes.disclosureWay(way), String(n)] as const)] }),
    section(w.word('byOperator'), { facts: tally(w.facts.disclosures.map(({ operator }) => operator)).map(([name, n]) => [name, String(n)] as const) }),
    listed(w.word('list'), w, table([w.word('when'), w.word('keyId'), w.word('host'), w.word('reason'), w.word('ticket'), w.word('way'), w.word('operator'), w.word('keyCount')],
      w.facts.disclosures, (row) => [w.when(row.at), row.mediaId === null ? keyOf(w, row) : `${w.word('onMedium')} ${row.mediaId}`, row.hostname ?? '', w.codes.disclosureReason(row.reason), row.ticket ?? '', w.codes.disclosureWay(row.way), row.operator, row.keyRecords], w.cut)),
  ],
  rotation: (w) => [
    section(w.word('rotationsOpen'), { facts: rotations(w) }),
    listed(w.word('list'), w, table([w.word('dueSince'), w.word('keyId'), w.word('host'), w.word('way'), ...(w.facts.rotations.asked === null ? [] : [w.word('askedSince')])],
      w.facts.openRotations, (row) => [w.when(row.dueSince), keyOf(w, row), row.hostname ?? '', w.codes.disclosureWay(row.way), ...(w.facts.rotations.asked === null ? [] : [row.askedAt === null ? w.word('none') : w.when(row.askedAt)])], w.cut)),
  ],
  handover: (w) => [
    groupFacts(w), blocked(w),
    listed(w.word('calls'), w, table([w.word('since'), w.word('host'), w.word('caller'), w.word('shown'), w.word('operator')], w.facts.openCalls, (call) => [w.when(call.openedAt), call.hostname ?? '', call.caller ?? '', w.word(call.shown ? 'yes' : 'no'), call.operator], w.cut)),
    listed(w.word('mediaOut'), w, table([w.word('medium'), w.word('holder'), w.word('built'), w.word('keyRecords')], w.facts.mediaOut, (medium) => [medium.mediaId, medium.state === 'built' ? w.word('notIssued') : medium.holder ?? '', w.when(medium.builtAt), medium.keyRecords], w.cut)),
    section(w.word('changes'), { facts: [[w.word('since'), w.when(w.facts.since)], ...(isWhole(w.facts) ? [] : [[w.word('changesOf'), w.word('wholeDesk')] as const]), ...(w.facts.changesSince.length === 0 ? [[w.word('changes'), w.word('nothing')] as const] : [])],
      table: w.facts.changesSince.length === 0 ? null : table([w.word('act'), w.word('count')], w.facts.changesSince, ({ act, count }) => [w.codes.act(act), count]), open: [w.word('openNotes')] }),
  ],
};

function groupFacts({ facts: { all, repairedLastHour, verifiedLastHour }, word }: Writing): ReportSection {
  return section(word('hosts'), { facts: [
    [word('hosts'), String(all.hosts)], [word('affected'), String(all.affected)], [word('down'), String(all.down)], [word('repaired'), String(all.repaired)], [word('verified'), String(all.verified)], [word('closed'), String(all.closed)],
    [word('lastHour'), `${word('repairedHour')} ${repairedLastHour}, ${word('verifiedHour')} ${verifiedLastHour}`],
  ] });
}

const states = ({ facts, word, codes }: Writing): ReportSection => section(word('states'), { table: table([word('state'), word('count')], facts.states, ({ state, count }) => [codes.hostState(state), count]) });
const blocked = (w: Writing): ReportSection => listed(w.word('blocked'), w, table([w.word('reason'), w.word('count')], w.facts.blocked, ({ reason, count }) => [w.codes.blockedReason(reason), count]));
/** A LAPS password has no ID. */
const keyOf = ({ word }: Writing, { laps, keyProtectorId }: { readonly laps: boolean; readonly keyProtectorId: string | null }): string => (laps ? word('laps') : (keyProtectorId ?? ''));
/** A rotation that was asked for is open until it is confirmed. A report from before the two were told apart says nothing of it. */
const rotations = ({ facts: { rotations: { due, asked, confirmed } }, word }: Pick<Writing, 'facts' | 'word'>): ReportSection['facts'] => [[word('rotationsOpen'), String(due)], ...(asked === null ? [] : [[word('rotationsAsked'), String(asked)] as const]), [word('rotationsDone'), String(confirmed)]];
const measures = ({ facts, word }: Writing): ReportSection['facts'] => [[word('mediaBuilt'), String(facts.media)], [word('disclosed'), String(facts.disclosed)], [word('rotationsDone'), String(facts.rotations.confirmed)]];

function sites({ facts, word }: Writing, cut: number): ReportSection {
  const row = (name: string, { hosts, affected, down, repaired, verified }: Group): (string | number)[] => [name, hosts, affected, down, repaired, verified];
  const worst = [...facts.sites].sort((one, other) => other.group.down - one.group.down);
  return section(word('sites'), { table: table([word('site'), word('hosts'), word('affected'), word('down'), word('repairedShort'), word('verified')], worst, ({ site, group }) => row(site ?? word('noSite'), group), cut) });
}

const keys = ({ facts, word }: Writing): ReportSection => section(word('keys'), { facts: [
  [word('keyRecords'), String(facts.keyRecords)], [word('withoutKey'), String(facts.downWithoutKey)], [word('disclosed'), String(facts.disclosed)], ...rotations({ facts, word }),
  [word('mediaBuilt'), String(facts.media)], [word('mediaOut'), String(facts.mediaOut.length)],
] });

const machines = ({ facts, word, language }: Writing): ReportSection => section(word('machines'), { table: table([word('kind'), word('hosts'), word('affected'), word('share'), word('down'), word('repairedShort'), word('verified')],
  MACHINE_KINDS, (kind) => { const group = facts.kinds[kind]; return [word(kind), group.hosts, group.affected, percent(group.affected, group.hosts, language), group.down, group.repaired, group.verified]; }) });

function course({ facts, word, when, language }: Writing): ReportSection {
  const { firstReportedAt: first, lastVerifiedAt: last } = facts;
  return section(word('course'), { facts: [[word('first'), first === null ? word('none') : when(first)], [word('last'), last === null ? word('none') : when(last)], ...(first === null || last === null ? [] : [[word('duration'), facts.all.down > 0 ? word('notOver') : hoursBetween(first, last, language)] as const])] });
}

const effort = ({ facts: { attempts }, word }: Writing): ReportSection => section(word('effort'), {
  facts: [[word('attempts'), String(attempts.total)], [word('attemptsRepaired'), String(attempts.repaired)], [word('technicians'), String(attempts.technicians)]], open: [word('openEffortHours')],
});

const tally = (values: readonly string[]): [string, number][] => [...values.reduce((sums, value) => sums.set(value, (sums.get(value) ?? 0) + 1), new Map<string, number>())].sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0], 'en'));
