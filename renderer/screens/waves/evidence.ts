// What a wave was opened on, as the desk writes it down (core/waves/waves): one line, taken apart so that it is read in any language.

export interface Evidence { readonly after: string; readonly verified: number; readonly hosts: number; readonly unexpected: number; readonly override: string | null }

/** @returns Null: written otherwise, and shown as it is. */
export function readEvidence(line: string): Evidence | null {
  const [, after, verified, hosts, unexpected, override] = /^(.+): (\d+) of (\d+) verified, (\d+) unexpected(?:; override: (.+))?$/s.exec(line) ?? [];
  return after === undefined ? null : { after, verified: Number(verified), hosts: Number(hosts), unexpected: Number(unexpected), override: override ?? null };
}
