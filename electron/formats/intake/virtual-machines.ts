// Lists of virtual machines, which name beside each the machine it runs on: that one is not meant.
import { type Columns, normaliseHeading } from './columns.ts';

/** What vCenter, RVTools, Horizon, Hyper-V and Azure call things, and no list of machines that stand on the floor. */
const OF_GUESTS: ReadonlySet<string> = new Set(['vm', 'vmname', 'vmid', 'powerstate', 'guestos', 'provisionedspace', 'usedspace', 'datastore', 'vmhost']);
/** With these, Hyper-V's own name stands under "ComputerName". */
const OF_HYPER_V: ReadonlySet<string> = new Set(['vmname']);

/**
 * The columns of a list of virtual machines without the one of the machines they run on.
 *
 * @param header  As it stands in the file. @param columns  Their roles.
 * @returns The very same columns for any other list, and where nothing else names a host.
 */
export function withoutHypervisors(header: readonly string[], columns: Columns): Columns {
  const headings = header.map(normaliseHeading);
  if (columns.host === undefined || !headings.some((heading) => OF_GUESTS.has(heading))) return columns;
  const ofHyperV = headings.some((heading) => OF_HYPER_V.has(heading));
  const host = columns.host.filter((column) => headings[column] !== 'host' && !(ofHyperV && headings[column] === 'computername'));
  if (host.length === columns.host.length || (host.length === 0 && (columns.name ?? columns.dnsName) === undefined)) return columns;
  return host.length > 0 ? { ...columns, host } : withoutHost(columns);
}

function withoutHost({ host: _host, ...others }: Columns): Columns {
  return others;
}
