import { expect, it } from 'vitest';
import { bluelift, newDesk } from '../support/command-line.ts';

it('says that a tenant writes down what is read before it is asked, for one host as for all, and what may be in the way to it', async () => {
  const { first } = await newDesk();
  const words = ['import', 'entra', ...first, '--tenant', 'corp.example', '--client', '11111111-2222-4333-8444-555555555555'];
  const nobodyThere = { HTTPS_PROXY: 'http://127.0.0.1:1' };
  for (const asked of [['--key-id', '3CA7495E'], ['--keys', 'all']]) {
    const { code, err } = await bluelift([...words, ...asked], nobodyThere);
    expect([code, err]).toEqual([12, expect.stringMatching(/^Every recovery password [^\n]*audit log[^]*can not be reached: https:\/\/login\.microsoftonline\.com \(nothing answers there; a proxy may be needed/)]);
  }
}, 180_000); // every command is a process of its own
