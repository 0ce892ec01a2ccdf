// Fills a throw-away desk with a constructed incident of two days, through the same functions as the app, so that a newcomer sees what it is for.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { READING_ROLES } from '../../electron/core/codes.ts';
import type { Desk } from '../../electron/core/desk.ts';
import { DEMO_OPERATOR as OPERATOR, DEMO_PASSPHRASE as PASSPHRASE } from '../../electron/core/demo.ts';
import { importKeys } from '../../electron/core/keys/import-keys.ts';
import { orderMedium, readRecordKeys, recordMedium } from '../../electron/core/media/media-register.ts';
import { actOnMedium } from '../../electron/core/media/medium-acts.ts';
import { resolveScope } from '../../electron/core/media/scope.ts';
import { addOperator, findActiveOperator } from '../../electron/core/operators/operators.ts';
import { createDesk } from '../../electron/core/operators/sign-in.ts';
import { toInstant } from '../../electron/core/ports.ts';
import { CHANNEL_FILE_291 } from '../../electron/core/recipes/channel-file-291.ts';
import { blockHost, closeHost, unblockHost, verifyHost } from '../../electron/core/remediation/host-acts.ts';
import { takeAttempt } from '../../electron/core/remediation/take-attempt.ts';
import { listFiles } from '../../electron/desk/files.ts';
import { openDeskFolder, type DeskFolder } from '../../electron/store/desk-folder.ts';
import { COLLEAGUES, MEDIA } from './demo/crew.ts';
import { chance, choose, demoHex, makeFleet, SITES, type DemoHost } from './demo/fleet.ts';
import { makeHandOvers, type HandOver } from './demo/hand-overs.ts';
import { callsOf, rotationsOf, wavesOf, type Happening, type Stage } from './demo/happenings.ts';
import { writeDemoRecord, type DemoAttempt } from './demo/records.ts';

/** Nothing in a demo is worth guessing; a real desk spends 128 times as much on a passphrase. */
const PASSPHRASE_COST = 2 ** 10;
const HOUR_MS = 3_600_000;
const BEGAN_HOURS_AGO = 46;

/**
 * Fills a folder that holds no desk yet.
 *
 * @param nowMs When the story ends; it began 46 hours before. What happens in it is the same on every run.
 * @returns Who may sign in, with what.
 */
export async function seedDemo(folder: string, nowMs: number = Date.now()): Promise<{ operatorName: string; passphrase: string }> {
  const story = new Story(openDeskFolder(folder), nowMs);
  const papers = mkdtempSync(join(tmpdir(), 'bluelift-demo-papers-'));
  try {
    await story.tell(papers);
  } finally {
    story.close();
    rmSync(papers, { recursive: true });
  }
  return { operatorName: OPERATOR, passphrase: PASSPHRASE };
}

class Story {
  readonly #folder: DeskFolder;
  readonly #beganMs: number;
  readonly #nowMs: number;
  #clockMs: number;
  #desk: Desk | null = null;
  readonly #hostIds = new Map<string, number>();
  readonly #mediaOf = new Map<string, string>();

  constructor(folder: DeskFolder, nowMs: number) {
    this.#folder = folder;
    this.#nowMs = nowMs;
    this.#beganMs = nowMs - BEGAN_HOURS_AGO * HOUR_MS;
    this.#clockMs = this.#beganMs;
  }

  async tell(papers: string): Promise<void> {
    await this.#open();
    const fleet = makeFleet();
    const handOvers = makeHandOvers(fleet);
    await this.#import(papers, handOvers.filter(({ at }) => at === 'keys'), 2);
    for (const [n, list] of handOvers.filter(({ at }) => at === 'lists').entries()) await this.#import(papers, [list], 3 + n / 4);
    for (const { host_id, hostname } of this.#as(OPERATOR).db.prepare<[], { host_id: number; hostname: string }>('SELECT host_id, hostname FROM hosts').all()) this.#hostIds.set(hostname, host_id);
    const stage: Stage = { as: (operator) => this.#as(operator), at: (hoursIn) => this.#at(hoursIn), hostIdOf: (hostname) => this.#hostIds.get(hostname) };
    const late: Happening = { atMs: this.#at(25), takesLong: () => this.#import(papers, handOvers.filter(({ at }) => at === 'late'), 25) };
    await this.#happenAll([late, ...rotationsOf(stage), ...wavesOf(stage), ...this.#media(fleet), ...fleet.flatMap((host) => this.#wayOf(host)), ...callsOf(fleet, BEGAN_HOURS_AGO - 0.1, stage)].toSorted((x, y) => x.atMs - y.atMs));
    this.#clockMs = this.#nowMs;
  }

  /** In the order of time. What takes no time of its own shares a transaction, because a demo that is cut off is thrown away anyway. */
  async #happenAll(happenings: readonly Happening[]): Promise<void> {
    const { db } = this.#as(OPERATOR);
    for (let next = 0; next < happenings.length;) {
      db.transaction(() => {
        for (let one = happenings[next]; one !== undefined && 'happen' in one; one = happenings[++next]) {
          this.#clockMs = one.atMs;
          one.happen();
        }
      })();
      const long = happenings[next++];
      if (long === undefined || 'happen' in long) continue;
      this.#clockMs = long.atMs;
      await long.takesLong();
    }
  }

  close(): void {
    this.#desk?.keys.close();
    this.#desk?.db.close();
  }

  async #open(): Promise<void> {
    const ports = { folder: this.#folder, clock: () => this.#clockMs, random: (count: number) => new Uint8Array(randomBytes(count)), sleep: async () => {}, passphraseCost: PASSPHRASE_COST };
    const { vault } = await createDesk(ports, { name: OPERATOR, passphrase: PASSPHRASE, recoverySheet: false, demo: true });
    this.#desk = { ...vault, clock: ports.clock, random: ports.random, changed: () => {} };
    for (const { name, roles } of COLLEAGUES) await addOperator(this.#desk, this.#folder, { name, roles, passphrase: PASSPHRASE }, PASSPHRASE_COST);
    // So that a newcomer can sit down in any of their chairs at once.
    this.#as(OPERATOR).db.prepare('UPDATE operators SET must_change_passphrase = 0').run();
    // One who waits: added by somebody who can not read recovery passwords and so can not pass that on.
    const lead = this.#as('lead-01');
    await addOperator({ ...lead, keys: { ...lead.keys, key2Private: null } }, this.#folder, { name: 'hd-03', roles: [...READING_ROLES], passphrase: PASSPHRASE }, PASSPHRASE_COST);
  }

  /** The desk with somebody else sitting at it. */
  #as(name: string): Desk {
    if (this.#desk === null) throw new Error('the desk is not open');
    const operator = findActiveOperator(this.#desk.db, name);
    if (operator === null) throw new Error(`nobody is called ${name}`);
    return { ...this.#desk, operator };
  }

  #at(hoursIn: number): number {
    return this.#beganMs + hoursIn * HOUR_MS;
  }

  async #import(papers: string, handOvers: readonly HandOver[], hoursIn: number): Promise<void> {
    this.#clockMs = this.#at(hoursIn);
    const paths = handOvers.map(({ name, text }) => {
      writeFileSync(join(papers, name), text);
      return join(papers, name);
    });
    for await (const _ of importKeys(this.#as('lead-01'), paths, { files: { list: listFiles }, signal: new AbortController().signal }));
  }

  #media(fleet: readonly DemoHost[]): Happening[] {
    return MEDIA.map(({ site, hoursIn, share, state }) => ({
      atMs: this.#at(hoursIn),
      takesLong: async () => {
        const hostnames = fleet.filter((host) => host.site.code === site && host.fate.kind !== 'known' && chance(host.hostname, 'on medium', hoursIn) < share).map(({ hostname }) => hostname);
        const technician = SITES.find(({ code }) => code === site)?.technician ?? OPERATOR;
        const mediaId = await this.#buildMedium(hostnames, technician, hoursIn);
        if (!this.#mediaOf.has(site)) this.#mediaOf.set(site, mediaId);
        if (state !== 'built') actOnMedium(this.#as(OPERATOR), { mediaId, to: 'issued', holder: technician });
        if (state !== 'built' && state !== 'issued') actOnMedium(this.#as(OPERATOR), { mediaId, to: state });
      },
    }));
  }

  /** Enters a medium into the register as a build does; there is no image. */
  async #buildMedium(hostnames: readonly string[], technician: string, hoursIn: number): Promise<string> {
    const desk = this.#as(OPERATOR);
    const breathe = async (): Promise<void> => {};
    const scope = await resolveScope(desk.db, { kind: 'hosts', hostnames }, breathe);
    const mediaId = orderMedium(desk, { scope: scope.label, hosts: scope.hosts, keyRecords: scope.keyRecordIds.length, technicians: technician });
    await recordMedium(desk, {
      mediaId, builtAt: toInstant(desk.clock()), expiresAt: toInstant(this.#at(hoursIn + 72)), scope: scope.label, language: hoursIn % 2 === 0 ? 'en' : 'de', incidentId: 1, recipeId: CHANNEL_FILE_291.id, recipeVersion: CHANNEL_FILE_291.version,
      architecture: hoursIn === 30 ? 'arm64' : 'x64', payload: demoHex(8, 'payload').toUpperCase().replace(/(.{4})(?!$)/g, '$1 '), manifestSha256: demoHex(32, 'manifest', mediaId), imageName: `${mediaId.toLowerCase()}.img`,
      imageSizeBytes: 612_368_384, hosts: scope.hosts, keyRecordIds: scope.keyRecordIds, leftOut: scope.leftOut, slots: [{ slot: 1, technician, recordKey: desk.random(32) }],
    }, breathe);
    return mediaId;
  }

  /** What happens to one host after it was reported. */
  #wayOf(host: DemoHost): Happening[] {
    const { hostname, fate } = host;
    const hostId = this.#hostIds.get(hostname);
    if (hostId === undefined) return [];
    const tried = this.#hourOfAttempt(host);
    const later = (hours: number): number => this.#at(tried + 0.05 + Math.min(hours, BEGAN_HOURS_AGO - 0.07 - tried) * chance(hostname, 'later'));
    const first = SITES.some(({ code, hosts }) => code === host.site.code && Number(hostname.slice(-4)) - 300 < hosts) ? chance(hostname, 'first') : 1;
    const attempt = (outcome: DemoAttempt['outcome'], more: Partial<DemoAttempt> = {}, atMs = this.#at(tried)): Happening => ({ atMs, happen: () => this.#bringHome(host, outcome, more) });
    const verify = (atMs: number): Happening => ({
      atMs, happen: () => verifyHost(this.#as(choose(['hd-01', 'hd-02', 'lead-01'], hostname, 'who')), hostId, choose(host.operatingSystem.includes('Server') ? ['Answers on the network', 'Reports to the Falcon console again', 'Dienste laufen wieder'] : ['Sign-in screen seen by the ward', 'Reports to the Falcon console again', 'User works on it', 'Am Anmeldebildschirm gesehen'], hostname, 'evidence')),
    });
    switch (fate.kind) {
      case 'known': case 'reported': return [];
      case 'ready':
        if (first < 0.02) return [attempt('inspected')];
        if (first > 0.995 && first < 1) return [attempt('repaired', { recordKey: new Uint8Array(32) })]; // a claim: the record was tampered with
        if (first < 0.06) return [{ atMs: this.#at(20), happen: () => blockHost(this.#as('hd-01'), hostId, 'owner-away') }, { atMs: this.#at(34), happen: () => unblockHost(this.#as('hd-01'), hostId, 'Owner is back') }];
        return [];
      case 'in-progress': return [attempt('safe-boot-set', {}, this.#at(45))];
      case 'blocked-by-person': return [{ atMs: this.#at(8 + 30 * chance(hostname, 'blocked')), happen: () => blockHost(this.#as(choose(['hd-01', host.site.technician], hostname, 'who')), hostId, fate.reason) }];
      case 'blocked-by-attempt': return [attempt('blocked', { blockedReason: fate.reason, ...(fate.reason === 'third-party-encryption' ? { recordKey: null } : {}) })];
      case 'nothing-to-do': return [attempt('nothing-to-do')];
      case 'repaired': return [...(first < 0.08 ? [attempt('blocked', { blockedReason: 'hibernated', number: 0 }, this.#at(tried - 0.4))] : []), attempt('repaired', first > 0.92 && first < 1 ? { recordKey: null } : {}), ...(first > 0.5 && first < 0.53 ? [attempt('nothing-to-do', { number: 2 }, later(4))] : [])];
      case 'verified': return [attempt('repaired', first > 0.95 && first < 1 ? { recordKey: null } : {}), verify(later(host.isFirst ? 1 : 10))];
      case 'healed': return [verify(this.#at(6 + 20 * chance(hostname, 'healed')))];
      case 'closed': return [{ atMs: later(12), happen: () => closeHost(this.#as('lead-01'), hostId, fate.as, choose(['New image from the depot', 'Out of service since June', 'Checked by telephone'], hostname, 'note')) }];
    }
  }

  /** Sites began one after another and became quicker; the last hour has its share, so that something moves on the wall. */
  #hourOfAttempt({ hostname, site, isFirst }: DemoHost): number {
    const began = (MEDIA.find((medium) => medium.site === site.code)?.hoursIn ?? 5) + 1.5;
    if (isFirst) return began + chance(hostname, 'attempt') / 2;
    return began + (BEGAN_HOURS_AGO - 0.1 - began) * chance(hostname, 'attempt') ** 0.8;
  }

  #bringHome(host: DemoHost, outcome: DemoAttempt['outcome'], more: Partial<DemoAttempt>): void {
    const desk = this.#as(host.site.technician);
    const mediaId = this.#mediaOf.get(host.site.code) ?? '';
    const recordKey = readRecordKeys(desk.db, mediaId).get(1) ?? null;
    const bytes = writeDemoRecord({ host, mediaId, outcome, blockedReason: null, finishedAtMs: this.#clockMs - 300_000 - Math.floor(chance(host.hostname, 'way home') * HOUR_MS), recordKey, number: 1, ...more });
    const taken = takeAttempt(desk, bytes);
    if (taken.status !== 'imported') throw new Error(`${host.hostname}: ${taken.reason ?? taken.status}`);
  }
}
