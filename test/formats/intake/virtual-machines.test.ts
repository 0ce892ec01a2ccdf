// Lists of virtual machines: who is down is the machine in them, never the one it runs on.
import { expect, test } from 'vitest';
import { hostnames, read, rejections } from './support.ts';

const lines = (...rows: readonly string[]): string => [...rows, ''].join('\r\n');

test.each([
  ['RVTools', lines('VM,Powerstate,Template,DNS Name,Primary IP Address,OS according to the VMware Tools,Host', 'KIEL-SRV01,poweredOn,False,kiel-srv01.corp.example,10.0.0.1,Microsoft Windows Server 2019 (64-bit),esx01.corp.example', 'KIEL-SRV02,poweredOn,False,,10.0.0.2,Microsoft Windows Server 2019 (64-bit),esx01.corp.example')],
  ['vCenter', lines('"Name","State","Status","Host","Guest OS","DNS Name"', '"KIEL-SRV01","Powered On","Normal","esx01.corp.example","Microsoft Windows Server 2019 (64-bit)",""', '"KIEL-SRV02","Powered On","Normal","esx02.corp.example","Microsoft Windows Server 2019 (64-bit)",""')],
  ['Horizon', lines('Machine,Desktop Pool,DNS Name,User,Host,Datastore,Status', 'KIEL-SRV01,Pool,kiel-srv01.corp.example,CORP\\jdoe,esx01.corp.example,ds1,Agent unreachable', 'KIEL-SRV02,Pool,kiel-srv02.corp.example,,esx01.corp.example,ds1,Agent unreachable')],
  ['Hyper-V', lines('"VMName","ComputerName","State","Status"', '"KIEL-SRV01","HV-01","Running","Operating normally"', '"KIEL-SRV02","HV-01","Running","Operating normally"')],
])('a list of %s names its virtual machines, and not what they run on', async (_product, text) => {
  expect(hostnames(await read(text))).toEqual(['KIEL-SRV01', 'KIEL-SRV02']);
});

test('of a list in which nothing else names a host, "Host" is the host', async () => {
  expect(hostnames(await read(lines('Host,PowerState', 'KIEL-01,On', 'KIEL-02,On')))).toEqual(['KIEL-01', 'KIEL-02']);
});

test('guests with Linux are none of BitLocker’s, whatever the product calls the column', async () => {
  for (const heading of ['Guest OS', 'OsType', 'OS according to the configuration file']) {
    const result = await read(lines(`Name,PowerState,${heading}`, 'KIEL-SRV01,On,Microsoft Windows Server 2019 (64-bit)', 'web-01,On,Ubuntu Linux (64-bit)', 'web-02,On,Other 5.x Linux (64-bit)', 'web-03,On,FreeBSD 13'));
    expect([heading, hostnames(result), rejections(result)]).toEqual([heading, ['KIEL-SRV01'], [[3, 'other-platform'], [4, 'other-platform'], [5, 'other-platform']]]);
  }
});
