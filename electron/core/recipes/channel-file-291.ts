// The recipe of 19 July 2024, as shipped (ES3-safe: also runs in the agent).
import type { Recipe } from './recipe.ts';

/**
 * CrowdStrike's channel file 291 of 2024-07-19 04:09 UTC, which stops Windows; the file of 05:27 UTC is the good one.
 *
 * @source CrowdStrike, "Technical Details: Falcon Content Update for Windows Hosts" (times, path, pattern).
 *         The header in this order is how its content files begin; it keeps a file of another making out.
 */
export const CHANNEL_FILE_291: Recipe = {
  id: 'channel-file-291',
  version: 1,
  title: 'CrowdStrike channel file 291 of 2024-07-19',
  path: 'Windows\\System32\\drivers\\CrowdStrike',
  pattern: 'C-00000291*.sys',
  headerBytes: [0xaa, 0xaa, 0xaa, 0xaa, 0x01, 0x00, 0x23, 0x01],
  keepFromMs: 1721366820000, // 2024-07-19T05:27:00Z
};
