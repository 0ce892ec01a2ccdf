// What the register says of a medium in codes, in words.
import type { Messages } from '../../messages/index.ts';

/** `all`, `hosts 180`, `wave Canary`, or `site Kiel`. */
export function scopeLabel(scope: string, m: Messages): string {
  const count = /^hosts (\d+)$/.exec(scope)?.[1];
  const wave = /^wave (.+)$/.exec(scope)?.[1];
  if (wave !== undefined) return m.waves.scope(wave);
  const site = /^site (.+)$/.exec(scope)?.[1];
  if (site !== undefined) return m.stick.scopeSite(site);
  return scope === 'all' ? m.media.scopeAll : count === undefined ? scope : m.common.hosts(Number(count));
}

/** `channel-file-291 1`: the recipe and its version. Another recipe is said as it is called. */
export function recipeLabel(recipe: string, m: Messages): string {
  const [, channelFile, version] = /^channel-file-(\d+) (\d+)$/.exec(recipe) ?? [];
  return channelFile === undefined || version === undefined ? recipe : m.media.recipeOf(channelFile, version);
}

/** The first 16 digits of a hash in fours, as they stand on the label. */
export function groupedHash(hash: string): string {
  return (hash.replace(/\s/g, '').slice(0, 16).toUpperCase().match(/.{1,4}/g) ?? []).join(' ');
}
