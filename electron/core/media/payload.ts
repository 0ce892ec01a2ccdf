// The payload: what runs on the host. Its hash is shown by the agent and printed on the label, so that a person can compare.

import { createHash } from 'node:crypto';

import type { NamedBytes } from './image-order.ts';

/** Files of the agent inside the WIM, in the order in which they are hashed (medium-layout.md). */
export const AGENT_FILE_NAMES = ['start.cmd', 'agent.js', 'probe.js', 'manual.cmd'] as const;

/** @returns The four files in their order. Throws when one is missing or there is another: that is a broken build, not a choice. */
export function orderAgentFiles(agentFiles: readonly NamedBytes[]): readonly NamedBytes[] {
  const ordered = AGENT_FILE_NAMES.map((name) => agentFiles.find((file) => file.name === name));
  if (ordered.length !== agentFiles.length || ordered.includes(undefined)) {
    throw new Error(`the agent must be ${AGENT_FILE_NAMES.join(', ')}, not ${agentFiles.map(({ name }) => name).join(', ')}`);
  }
  return ordered.filter((file) => file !== undefined);
}

/** @returns SHA-256 over the SHA-256 of each agent file and of `recipe.txt`, as 64 hex digits. */
export function payloadHash(agentFiles: readonly NamedBytes[], recipe: Uint8Array): string {
  const hash = createHash('sha256');
  for (const bytes of [...orderAgentFiles(agentFiles).map((file) => file.bytes), recipe]) hash.update(createHash('sha256').update(bytes).digest());
  return hash.digest('hex');
}

/** @returns The first 16 digits in four groups, in capitals: `7C1E 90B4 D2F8 53A6`. */
export function showPayload(hash: string): string {
  return hash.slice(0, 16).toUpperCase().replace(/(.{4})(?!$)/g, '$1 ');
}
