// PowerShell's Format-List as text: what an administrator pastes into a file. Each object is a block of `Name : value` lines with their colons in one column,
// long values wrapped below it; names are never localised. Read as records; everything between the blocks is read as any text.
import { readAnyText } from './any-text.ts';
import { namesHost } from './json-surroundings.ts';
import { readKeyCell } from './key-values.ts';
import { LineSplitter } from './lines.ts';
import type { IntakeKind } from './rows.ts';
import { rejectTooLong, type Emit, type RowReader } from './row-reader.ts';
import { layoutOfRecord, type TableLayout } from './table-layout.ts';
import { TableRows } from './table-rows.ts';
import { TextHosts } from './text-hosts.ts';

interface Property { readonly name: string; readonly row: number; readonly lines: string[] }
interface Block { readonly row: number; readonly colon: number; readonly properties: Property[]; readonly text: { readonly line: string; readonly row: number }[] }

const PROPERTY = /^([A-Za-z][\w.-]*) *: ?(.*)$/;
/** How a console colours the names (PowerShell 7, transcripts). */
const COLOURS = /\u001b\[[\d;]*m/g;
/** One aligned line is prose. */
const FEWEST_PROPERTIES = 2;
const IS_ONE_WORD = /pass|pwd|guid|key|id$/i;
/** A block is held until it ends. */
const LONGEST_BLOCK = 5000;

/** Two properties below each other, whatever is wrapped between them; a console's colours may stand anywhere. */
const TWO_PROPERTIES = /^[A-Za-z][\w.-]* *:.*\n(?:[A-Za-z][\w.-]* *:|[^\S\n]+\S)|\u001b/m;

/** @param text Newlines normalised. @returns False where `formatListKind` finds nothing in its lines for sure. */
export const mayHoldFormatList = (text: string): boolean => TWO_PROPERTIES.test(text);

/** @returns What the objects in these lines are, or null where no block of them says anything of keys or hosts. */
export function formatListKind(lines: readonly string[]): IntakeKind | null {
  let kind: IntakeKind | null = null;
  let holdsKeys = false;
  const reader = new Blocks({
    block(block) {
      const layout = layoutOfBlock(block);
      if (layout === null || holdsKeys || (kind !== null && layout.holds === 'hosts')) return;
      kind = layout.intakeKind;
      holdsKeys = layout.holds === 'keys';
    },
    other() { /* looked at by others */ },
  });
  lines.forEach((line, index) => reader.line(line, index + 1));
  reader.end();
  return kind;
}

/** The host an object is of, and the drive: Get-BitLockerVolume prints them above its protectors, which do not repeat them. */
function aboveOf({ properties }: Block): readonly (readonly [name: string, value: string])[] {
  const fields = properties.map((property, index, all) => [property.name, valueOf(property, index, all)] as const);
  return fields.some(([name, value]) => value !== '' && namesHost({ [name]: value })) ? fields.filter(([name, value]) => namesHost({ [name]: value }) || /^mountpoint$/i.test(name)) : [];
}

const isProtector = (layout: TableLayout, { properties }: Block): boolean => layout.holds === 'keys' && !properties.some(({ name, lines }) => namesHost({ [name]: lines.join('') }));

/** Reads objects in Format-List. A row is an object; it counts by the line of its recovery password, else by its first. */
export function readFormatList(emit: Emit): RowReader {
  let rowsRead = 0;
  const between = readAnyText(emit);
  /** Whoever runs a command at several hosts sees their names between the objects. */
  const hosts = new TextHosts();
  let above: ReturnType<typeof aboveOf> = [];
  let volume: { readonly layout: TableLayout; readonly block: Block } | null = null;
  let passed = 0;
  /** Lines between the blocks keep their numbers: those of the blocks are blank there. */
  const pass = (line: string, row: number): void => {
    for (; passed < row - 1; passed++) between.write('\n');
    between.write(`${line}\n`);
    passed = row;
  };
  /** A volume of which no protector followed is a host all the same. */
  const closeVolume = (): void => {
    if (volume === null) return;
    rowsRead++;
    new TableRows(volume.layout, emit).record(volume.block.properties.map(valueOf), volume.block.row);
    volume = null;
  };
  const blocks = new Blocks({
    block(block) {
      const layout = layoutOfBlock(block);
      if (layout === null) return block.text.forEach(({ line, row }) => pass(line, row));
      const values = block.properties.map(valueOf);
      const isVolume = layout.holds === 'hosts' && block.properties.some(({ name }) => /^keyprotector$/i.test(name));
      if (layout.holds === 'hosts') {
        closeVolume();
        above = aboveOf(block);
      }
      if (isVolume) {
        volume = { layout, block };
        return;
      }
      rowsRead++;
      const password = values.findIndex((value) => readKeyCell(value).status === 'ok');
      const around = isProtector(layout, block) ? above : [];
      if (around.length > 0) volume = null;
      const names = [...block.properties.map(({ name }) => name), ...around.map(([name]) => name)];
      const whole = [...values, ...around.map(([, value]) => value)];
      new TableRows(around.length === 0 ? layout : layoutOfRecord(names, whole) ?? layout, emit).record(whole, block.properties[password]?.row ?? block.row);
    },
    other(line, row) {
      if (hosts.line(line, row)) above = hosts.host === null ? [] : [['ComputerName', hosts.host]];
      pass(line, row);
    },
  });
  const lines = new LineSplitter({
    line: (text, row) => blocks.line(text, row),
    tooLong: rejectTooLong(emit, () => { rowsRead++; }),
  });
  return {
    write: (text) => lines.write(text),
    end() {
      lines.end();
      blocks.end();
      closeVolume();
      between.end();
    },
    get rowsRead() { return rowsRead + between.rowsRead; },
    get notes() { return rowsRead > 0 ? [] : between.notes; },
  };
}

const layoutOfBlock = ({ properties }: Block): TableLayout | null => layoutOfRecord(properties.map(({ name }) => name), properties.map(valueOf));

/** A value wrapped at the width of the console: in the middle of a word, behind a hyphen, or at a space, which the wrapping may have taken. */
function valueOf({ name, lines }: Property, _index: number, all: readonly Property[]): string {
  const widest = Math.max(...all.flatMap((property) => property.lines.map((line) => line.length)));
  return lines.reduce((value, line, index) => {
    const before = lines[index - 1] ?? '';
    return `${value}${index === 0 || IS_ONE_WORD.test(name) || before.length >= widest || /[\s-]$/.test(before) ? '' : ' '}${line}`;
  }, '').trim();
}

interface BlockSink { block(block: Block): void; other(line: string, row: number): void }

/** Cuts lines into blocks of aligned properties, and the rest. */
class Blocks {
  readonly #sink: BlockSink;
  #open: Block | null = null;

  constructor(sink: BlockSink) {
    this.#sink = sink;
  }

  line(given: string, row: number): void {
    const line = given.includes('\u001b') ? given.replace(COLOURS, '') : given;
    const property = PROPERTY.exec(line);
    const open = this.#open;
    const name = property?.[1] ?? '';
    const colon = property === null ? -1 : line.indexOf(':');
    if (open !== null && colon === open.colon && !open.properties.some((known) => known.name === name) && open.text.length < LONGEST_BLOCK) {
      open.properties.push({ name, row, lines: [property?.[2] ?? ''] });
      open.text.push({ line, row });
      return;
    }
    // Wrapped text stands below the value.
    const last = open?.properties.at(-1);
    if (open !== null && last !== undefined && /\S/.test(line) && line.search(/\S/) === open.colon + 2 && open.text.length < LONGEST_BLOCK) {
      last.lines.push(line.slice(open.colon + 2));
      open.text.push({ line, row });
      return;
    }
    this.end();
    if (property !== null) this.#open = { row, colon, properties: [{ name, row, lines: [property[2] ?? ''] }], text: [{ line, row }] };
    else this.#sink.other(line, row);
  }

  end(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    // Where no colon was moved to meet the others, the text only looks like it (`name: …`, `date: …`).
    const isAligned = open.properties.length >= FEWEST_PROPERTIES && open.text.some(({ line }) => line.charAt(open.colon - 1) === ' ');
    if (isAligned) this.#sink.block(open);
    else open.text.forEach(({ line, row }) => this.#sink.other(line, row));
  }
}
