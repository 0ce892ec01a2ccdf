import { expect, test } from 'vitest';
import { contract } from '../../../electron/api/contract.ts';

const CLIENT = '11111111-2222-4333-8444-555555555555';
const taken = (tenant: string): string | null => contract['tenants.import'].input.safeParse({ tenant, client: CLIENT }).data?.tenant ?? null;

test.each([
  ['corp.example', 'corp.example'], [' Corp.onmicrosoft.com ', 'Corp.onmicrosoft.com'], [CLIENT, CLIENT], [`{${CLIENT}}`, CLIENT],
  ['https://corp.onmicrosoft.com/', 'corp.onmicrosoft.com'], ['admin@corp.example', 'corp.example'], ['corp.example.', 'corp.example'],
  [`https://login.microsoftonline.com/${CLIENT}/oauth2/v2.0/token`, CLIENT], ['bücher.example', 'xn--bcher-kva.example'],
])('a tenant written %s is %s', (written, meant) => {
  expect(taken(written)).toBe(meant);
});

test.each(['Corp GmbH', '', '{}', '../evil', 'a b@c d', 'corp.example%2f..', 'Müller GmbH'])('%j is no tenant', (written) => {
  expect(taken(written)).toBeNull();
});
