// The one door, over the wire.
import type { Desk } from '../../core/desk.ts';
import { disclose } from '../../core/disclosure/disclose.ts';
import { discloseLaps } from '../../core/disclosure/disclose-laps.ts';
import { listDisclosures } from '../../core/disclosure/disclosure-list.ts';
import { readOut } from '../../core/disclosure/read-out.ts';
import { listUnusualRates } from '../../core/disclosure/unusual-rate.ts';
import type { Handlers } from '../dispatch.ts';

export function disclosureHandlers(get: () => Desk): Pick<Handlers, 'disclosures.disclose' | 'disclosures.discloseLaps' | 'disclosures.readOut' | 'disclosures.list' | 'disclosures.unusual'> {
  return {
    'disclosures.disclose': (request) => disclose(get(), request),
    'disclosures.discloseLaps': (request) => discloseLaps(get(), request),
    'disclosures.readOut': ({ disclosureId }) => { readOut(get(), disclosureId); return {}; },
    'disclosures.unusual': () => listUnusualRates(get().db, get().clock()),
    'disclosures.list': (page) => listDisclosures(get().db, page),
  };
}
