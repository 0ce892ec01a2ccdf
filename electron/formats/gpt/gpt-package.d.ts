// The part of the `gpt` package that is used here; it ships no types.
declare module 'gpt' {
  class PartitionEntry {
    constructor(options: { type: string; guid: string; name: string; firstLBA: bigint; lastLBA: bigint; attr?: bigint });
    readonly type: string;
    readonly guid: string;
    readonly name: string;
    readonly firstLBA: bigint;
    readonly lastLBA: bigint;
  }
  export default class GPT {
    static readonly PartitionEntry: typeof PartitionEntry;
    constructor(options: { blockSize?: number; guid?: string; currentLBA?: bigint; backupLBA?: bigint; firstLBA?: bigint; lastLBA?: bigint });
    readonly tableSize: number;
    readonly tableOffset: bigint;
    readonly currentLBA: bigint;
    readonly entries: number;
    readonly entrySize: number;
    readonly partitions: PartitionEntry[];
    parseHeader(buffer: Buffer, offset?: number): this;
    parseTable(buffer: Buffer, offset?: number, end?: number): this;
    readonly guid: string;
    verifyHeader(): boolean;
    checksumTable(buffer: Buffer, offset?: number): number;
    readonly tableChecksum: number;
    write(): Buffer;
    writeBackupFromPrimary(): Buffer;
  }
}
