// The one door, over the wire.
import type { Desk } from '../../core/desk.ts';
import { disclose } from '../../core/disclosure/disclose.ts';
import { listDisclosures } from '../../core/disclosure/disclosure-list.ts';
import { listUnusualRates } from '../../core/disclosure/unusual-rate.ts';
import type { Handlers } from '../dispatch.ts';

export function disclosureHandlers(get: () => Desk): Pick<Handlers, 'disclosures.disclose' | 'disclosures.list' | 'disclosures.unusual'> {
  return {
    'disclosures.disclose': (request) => disclose(get(), request),
    'disclosures.unusual': () => listUnusualRates(get().db, get().clock()),
    'disclosures.list': (page) => listDisclosures(get().db, page),
  };
}
