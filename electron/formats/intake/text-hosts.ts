// Which host a text speaks of: by a label, a heading, a prompt, the name of a directory object, or a name beside the recovery password itself.
import { decodeXML } from 'entities';
import { readDirectoryPlace } from '../../core/hosts/distinguished-name.ts';
import { parseHostname } from '../../core/hosts/hostname.ts';

const NAMES = "computer|computer[ _-]?name|host|host[ _-]?name|device[ _-]?name|machine|machine[ _-]?name|pc|rechner|rechnername|gerätename|nom de l['’]ordinateur|nom d['’]hôte|nombre del equipo|nome computer|ordinateur|equipo|dispositivo|appareil|имя компьютера|компьютер|コンピューター|コンピューター名|计算机|计算机名|计算机名称|電腦名稱|컴퓨터 이름|nazwa komputera|nome do computador|computernaam|nombre de equipo|název počítače|datornamn|computernavn|bilgisayar adı|tietokoneen nimi|számítógépnév|számítógép neve|nume computer|numele computerului|ім['’]я комп['’]ютера|име на компютър|názov počítača|ime računalnika|naziv računala|kompiuterio vardas|datora nosaukums|arvuti nimi|datamaskinnavn|שם מחשב|שם המחשב|اسم الكمبيوتر";
const LABEL = new RegExp(`^[\\s"'*>|-]*(?:${NAMES})(?:_\\d{1,4})?["']?\\s*[:=：]\\s*["']?([^\\s"',;]+)`, 'iu');
/** The same within a line of a log. */
const LABEL_INSIDE = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${NAMES})["']?\\s*[:=：]\\s*["']?([^\\s"',;|&]+)`, 'iu');
/** In a list of things (YAML), or of people: a host only where it is shaped like one. */
const NAME_LABEL = /^[\s"'-]*(?:name|fqdn|dns[ _-]?name|asset|server|client|laptop|notebook)["']?\s*[:=]\s*["']?([^\s"',;]+)["']?\s*$/iu;
/** A label without a colon, an element of XML, a table of TOML: hosts only where they are shaped like one. */
const BARE_LABEL = new RegExp(`^[\\s*>|-]*(?:${NAMES})\\s+(\\S+)\\s*$`, 'iu');
const ELEMENT = /^\s*<(\w*(?:name|host|computer|device)\w*)>\s*([^<\s]+)\s*<\/\1>\s*$/i;
const TOML_TABLE = /^\[(?:[\w-]+\.)*["']([^"'\s]+)["']\]\s*$/;
/** The head of a PowerShell transcript names where it was written, and not where remote commands ran. */
const TRANSCRIPT = /\(Microsoft Windows NT [\d.]+\)\s*$/;
/** A section of an INI file that is named after a host: with a digit in it, and nothing a time has. */
const SECTION = /^\[([A-Za-z][A-Za-z-]*\d[A-Za-z\d-]*)\]\s*$/;
/** A key of the registry, in an export of it: the last part of its path that is shaped like a host. */
const REGISTRY_KEY = /^\[-?(?:HKEY_|HK(?:LM|CU|U|CR)\b)[^\]]*\]\s*$/i;
/** Of a ticket in XML or a feed: each begins with its own. */
const TITLE_ELEMENT = /<(?:title|summary|subject)>([^<]{0,250})<\//i;
/** PowerShell at another computer: `[PC-12]: PS C:\>`. */
const PROMPT = /^\[([\w.-]+)\]: PS /;
const PROMPT_HERE = /^PS [A-Z]:[^>]*>/i;
/** What runs a command at many hosts names each before its answer: PsExec (`\\\\PC-12:`, `Starting manage-bde on PC-12...`), Ansible (`pc-12 | CHANGED | rc=0 >>`). */
const ANSWER_OF = /^\\\\([\w.-]+):\s*$|^([\w.-]+) \| [A-Z!]+ \| rc=\d+ >>\s*$|^Starting \S{1,60} (?:service )?on ([\w.-]+?)\.{3}\s*$/;
const COMPUTER_DN = /CN=[^,={}]{1,64},(?:OU|CN|DC)=.{0,900}?DC=[^\s,"']+(?:,DC=[^\s,"']+)*/;
/** Of a person or a group otherwise, as far as anybody can tell. */
const IS_NUMBERED = /[\d-]/;
/** What may stand around a heading: rules, list marks, quotes, the colon of YAML. */
const AROUND_HEADING = /^(?:\s*\d{1,3}[.)]\s+)?[\s=*#>"'[(_•·–-]*(?=\S)|[\s=*#:"'\])_-]+$/g;
const LONGEST_HEADING = 100;
/** No line without it names a host, but for one with a label and something behind it. */
const DIGIT = /\d/;
const LABELLED = /[:=：]\s*["']?[^\s"',]/;
/** What is left of a heading begins with a letter, or with a domain. */
const BEGINS_HEADING = /^(?:\s*\d{1,3}[.)]\s+)?[\s=*#>"'[(_•·–-]*[A-Za-z]|\\/;

/** Letters and digits that are something else: protectors, ciphers, versions, tickets, updates, dates, and what programs number. */
const NO_HOST = /^(?:tpm|sha|md|aes|xts|rsa|rfc|win|windows|kb|inc|req|ritm|chg|prb|task|sr|cs|ticket|case|rev|ver|version|build|id|line|row|page|step|part|no|nr|room|floor|raum|etage|group|volume|drive|disk|protector|utf|iso|cp|usb|pcr|port|vlan|tel|ext)[ _-]?\d|^(?:xts|aes)-|^(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|mon|tue|wed|thu|fri|sat|sun)[a-z]*-\d|(?:^|[-_])(?:keys?|password|recovery|bitlocker|export|backup|report|list)(?:[-_\d]|$)/i;
/** A part of a GUID. */
const HEX = /^[0-9a-f]{8}(?:-[0-9a-f]*)*$|^[0-9a-f]{4}(?:-[0-9a-f]{4})+(?:-[0-9a-f]*)?$/i;
/** `PC-0012`, `DESKTOP-A1B2C3`, `pc1.corp.example`; `CORP\` before each of them, `$` behind it. */
const SHAPE = /^(?:[\w.-]+\\)?(?=[\w-]*\d)[a-z]\w*(?:(?:-\w+)+|(?:-\w+)*(?:\.[a-z][\w-]*){2,})\$?$/i;
/** `LT00123`: so are people named, in small letters. */
const NUMBERED = /^(?:[\w.-]+\\)?[A-Z]{2,10}\d{2,}[A-Z]?\$?$/;
const LONGEST_NAME = 255;

/** Whether a word is shaped as hosts are named, and as nothing else that stands beside recovery passwords. */
export const isHostShaped = (word: string): boolean => word.length >= 4 && word.length <= LONGEST_NAME && DIGIT.test(word) && (SHAPE.test(word) || NUMBERED.test(word)) && !NO_HOST.test(word) && !HEX.test(word) && parseHostname(word).status === 'ok';

/** The host of which the lines of a text speak, line by line. */
export class TextHosts {
  /** Null where none was named, or it can not be told which. */
  host: string | null = null;
  row = 0;
  /** Headings stand above what they are about; where the first key came before the first of them, they do not. */
  #headings: 'unknown' | 'above' | 'elsewhere' = 'unknown';
  #isAfterHeading = false;
  #isRemote = false;

  /** @returns Whether the line names another host. */
  line(line: string, row: number): boolean {
    const isPrompt = line.startsWith('[') && PROMPT.test(line);
    // Back at one's own computer, which is not named.
    if (this.#isRemote && !isPrompt && PROMPT_HERE.test(line)) {
      this.#isRemote = false;
      return this.begin(null, row);
    }
    this.#isRemote ||= isPrompt;
    // A key of the registry that names none ends what the one before it said.
    if (line.startsWith('[') && REGISTRY_KEY.test(line)) {
      return this.begin(line.replace(/\]\s*$/, '').split('\\').findLast((part, at) => at > 0 && isHostShaped(part)) ?? null, row);
    }
    const title = line.includes('</') && line.length < 2000 ? TITLE_ELEMENT.exec(line)?.[1] : undefined;
    if (title !== undefined) return this.begin(hostInTitle(decodeXML(title)), row);
    const said = line.length < 300 && (DIGIT.test(line) || LABELLED.test(line)) ? this.#read(line) : null;
    const heading = said === null ? headingOf(line) : null;
    const isUnclear = heading !== null && (this.#isAfterHeading || this.#headings === 'elsewhere');
    this.#isAfterHeading = heading !== null;
    if (said === null && heading === null) return false;
    if (heading !== null && !isUnclear) this.#headings = 'above';
    this.row = row;
    // One name below the other is a list of hosts, and the last of them has no more to do with what follows than the others.
    this.host = isUnclear ? null : said ?? heading;
    return true;
  }

  /** What follows is of this host, or of none that is known. */
  begin(host: string | null, row: number): true {
    this.host = host;
    this.row = row;
    this.#isAfterHeading = false;
    return true;
  }

  /** A key or an ID stands here. */
  sawKey(): void {
    this.#isAfterHeading = false;
    if (this.#headings === 'unknown') this.#headings = 'elsewhere';
  }

  #read(line: string): string | null {
    if (TRANSCRIPT.test(line)) return null;
    const answering = ANSWER_OF.exec(line);
    if (answering !== null) return answering[1] ?? answering[2] ?? answering[3] ?? null;
    if (/[:=：]/.test(line) || line.startsWith('[')) {
      const labelled = LABEL.exec(line)?.[1] ?? SECTION.exec(line)?.[1] ?? PROMPT.exec(line)?.[1];
      if (labelled !== undefined) return labelled;
      const named = NAME_LABEL.exec(line)?.[1];
      if (named !== undefined && isHostShaped(named)) return named;
    }
    const shaped = BARE_LABEL.exec(line)?.[1] ?? (line.includes('</') ? ELEMENT.exec(line)?.[2] : undefined) ?? (line.startsWith('[') ? TOML_TABLE.exec(line)?.[1] : undefined);
    if (shaped !== undefined && isHostShaped(shaped)) return shaped;
    const dn = line.includes('CN=') && !line.includes('{') ? COMPUTER_DN.exec(line)?.[0] : undefined;
    const place = dn === undefined ? null : readDirectoryPlace(dn);
    return place === null || place.objectName !== null || place.computer === null || /\s/.test(place.computer) || !IS_NUMBERED.test(place.computer) ? null : place.computer;
  }
}

/** @returns The name a line consists of, but for rules and list marks around it. */
export function headingOf(line: string): string | null {
  if (line.length > LONGEST_HEADING || !DIGIT.test(line) || !BEGINS_HEADING.test(line)) return null;
  const word = line.replace(AROUND_HEADING, '');
  // On a line of its own it may be written in small letters.
  return !/\s/.test(word) && (isHostShaped(word) || isHostShaped(word.toUpperCase())) ? word : null;
}

/** Names beside the keys of a line: each before its key, or each after it. */
export class HostsBeside {
  #row = 0;
  #end = 0;
  #order: 'before' | 'after' | null = null;

  /**
   * @param from  Where in the line a key begins, and where it ends.
   * @returns The one name that stands between the key before and this one, or behind it up to the next; null where there is none, or more than one.
   */
  hostOf(line: string, row: number, from: number, to: number): string | null {
    if (this.#row !== row) {
      this.#row = row;
      this.#end = 0;
      this.#order = null;
    }
    const before = this.#order === 'after' ? null : theOneIn(line.slice(this.#end, from).slice(-400));
    this.#end = to;
    if (before !== null) this.#order = 'before';
    if (before !== null || this.#order === 'before') return before;
    const rest = line.slice(to, to + 400);
    const after = LETTER.test(rest) ? theOneIn(rest.split(/\d{6}[^\p{L}\p{N}]\d{6}/u)[0] ?? '') : null;
    if (after !== null) this.#order = 'after';
    return after;
  }
}

/** Who wrote a line of a chat, and when: `19.07.24, 10:12 - Anna: `, `[10:12] Anna: `; in some they stand in a line of their own. */
const CHAT_HEAD = /^\s*(?:\[[^\]]{4,30}\]\s*|\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?\s*[-–]?\s*)(?:[^:]{1,40}:\s|[\p{L} .'-]{1,40}$)?/u;
/** Lines from a name down to the key it was said for; in a chat others may write between. */
const NAME_REACHES = 2;
const NAME_REACHES_IN_CHAT = 6;
const LONGEST_SENTENCE = 200;

/** The host that is named in passing above a key, where that is one alone: in a line that ends in a colon (`The key for PC-0012:`), or in messages of a chat. */
export class NamedAbove {
  #row = 0;
  #isChat = false;
  readonly #names = new Set<string>();
  /** Where the first key stands below no such line, names follow their keys, or have nothing to do with them. */
  #order: 'unknown' | 'above' | 'elsewhere' = 'unknown';

  /** @param line Without a key in it. */
  line(line: string, row: number): void {
    if (this.#order === 'elsewhere' || line.length > LONGEST_SENTENCE || !DIGIT.test(line)) return;
    this.#isChat ||= CHAT_HEAD.test(line);
    if (!this.#isChat && !line.trimEnd().endsWith(':')) return;
    const words = hostsIn(line.replace(CHAT_HEAD, '').replace(/[?!]+(?=\s|$)/g, ' '));
    if (words.size === 0) return;
    if (!this.#reaches(row)) this.#names.clear();
    for (const word of words) this.#names.add(word);
    this.#row = row;
  }

  /** A key stands here. @returns Whose it is; what was said above counts for this one alone. */
  hostOf(row: number): string | null {
    const [name] = this.#names;
    const host = this.#names.size === 1 && this.#reaches(row) && name !== undefined ? name : null;
    this.#names.clear();
    if (this.#order === 'unknown') this.#order = host === null ? 'elsewhere' : 'above';
    return this.#order === 'above' ? host : null;
  }

  #reaches(row: number): boolean {
    return row - this.#row <= (this.#isChat ? NAME_REACHES_IN_CHAT : NAME_REACHES);
  }
}

const LETTER = /\p{L}/u;

/** @param text Of a ticket or an entry: `BSOD on PC-0012`. @returns The one name in it that only hosts have. */
export const hostInTitle = (text: string): string | null => (text.length > LONGEST_TITLE ? null : theOneIn(text.replace(/^\s*\[[A-Z][A-Z0-9]+-\d+\]/, ' ')));
const LONGEST_TITLE = 250;

function theOneIn(text: string): string | null {
  if (!LETTER.test(text)) return null;
  const labelled = LABEL_INSIDE.exec(text)?.[1];
  if (labelled !== undefined && isHostShaped(labelled)) return labelled;
  const words = hostsIn(text);
  return words.size === 1 ? [...words][0] ?? null : null;
}

/** Words of a text that only hosts are; what is named as something else is left out. */
const hostsIn = (text: string): ReadonlySet<string> => new Set(text.replace(/(?:serial|s\/n|user|owner|asset|tag|ticket|mail|account|benutzer)\w*["']?\s*[:=#]?\s*["']?[\w.@\\-]+/giu, ' ').split(/[\s,;|"'`()<>{}[\]=&]+/).map((word) => word.replace(/^[:.*_-]+|[:.*_]+$/g, '')).filter(isHostShaped));
