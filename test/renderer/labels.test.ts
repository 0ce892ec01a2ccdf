import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MESSAGES } from '../../renderer/messages/index.ts';
import { auditDetails } from '../../renderer/screens/audit/audit-details.ts';
import { groupedHash, recipeLabel, scopeLabel } from '../../renderer/screens/media/medium-labels.ts';

describe('codes of the register and the audit in words', () => {
  test('a scope and a recipe are said in the language of the operator', () => {
    expect(scopeLabel('all', MESSAGES.de)).toBe('alle Hosts');
    expect(scopeLabel('hosts 1204', MESSAGES.en)).toBe('1,204 hosts');
    expect(recipeLabel('channel-file-291 2', MESSAGES.en)).toBe('Channel file 291, version 2');
    expect(recipeLabel('next-incident 1', MESSAGES.en)).toBe('next-incident 1');
  });
  test('a hash stands on the label as four groups of four', () => expect(groupedHash('7c1e90b4d2f853a6ffff')).toBe('7C1E 90B4 D2F8 53A6'));
  test('details are said as pairs, absent ones left out, and anything is said somehow', () => {
    expect(auditDetails('{"hostId":7,"from":"repaired","to":"verified","note":null}', MESSAGES.en)).toBe('from repaired, to verified');
    expect(auditDetails('{"hostId":7,"from":"repaired","to":"verified","note":null}', null)).toBe('hostId 7, from repaired, to verified'); // as it is chained
    expect(['en', 'de'].map((language) => auditDetails('{"callId":3,"outcome":"rejected","lapsPasswordId":4}', MESSAGES[language as 'en' | 'de']))).toEqual(['outcome password rejected', 'Ausgang Kennwort abgelehnt']);
    expect(auditDetails('{"disclosureId":103,"way":"shown","reason":"lost-pin","recoverySheet":false,"of-tomorrow":1}', MESSAGES.de)).toBe('Offenlegung 103, Weg gezeigt, Grund PIN verloren, Wiederherstellungsblatt nein, of-tomorrow 1');
    for (const m of [null, MESSAGES.en, MESSAGES.de]) {
      expect(auditDetails(null, m)).toBe('');
      fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => { expect(typeof auditDetails(text, m)).toBe('string'); }));
    }
  });
});
