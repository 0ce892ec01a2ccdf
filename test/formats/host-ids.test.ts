import { describe, expect, it } from 'vitest';
import { readHostIds } from '../../electron/formats/intake/host-ids.ts';

describe('IDs of a host', () => {
  it.each([
    ['5cg1234abc ', '5CG1234ABC'], ['VMware-42 0f', 'VMWARE-42 0F'], ['To be filled by O.E.M.', null], ['Default string', null], ['System Serial Number', null], ['0000000000', null], ['None', null], ['123456789', null], ['abc', null],
  ])('takes %j for the serial number %j', (given, value) => {
    expect(readHostIds({ serialNumber: given }).map((id) => id.value)).toEqual(value === null ? [] : [value]);
  });

  it('compares identifiers in one spelling, and takes those that nobody set for none', () => {
    expect(readHostIds({ biosUuid: '{4c4c4544-0042-3510-8054-b4c04f563332}', sensorId: 'AB12'.repeat(8), sid: 's-1-5-21-1004336348-1177238915-682003330-512', dnsName: 'PC-1.Corp.Example', objectGuid: '0b1ec700-0000-4000-a000-000000000001' })).toEqual([
      { kind: 'bios-uuid', value: '4C4C4544-0042-3510-8054-B4C04F563332' }, { kind: 'object-guid', value: '0B1EC700-0000-4000-A000-000000000001' },
      { kind: 'sid', value: 'S-1-5-21-1004336348-1177238915-682003330-512' }, { kind: 'sensor-id', value: 'ab12'.repeat(8) }, { kind: 'dns-name', value: 'pc-1.corp.example' },
    ]);
    expect(readHostIds({ biosUuid: '03000200-0400-0500-0006-000700080009', objectGuid: 'System.Byte[]', sid: 'S-1-5-32-544', sensorId: '0'.repeat(32), dnsName: 'PC-1' })).toEqual([]);
  });
});
