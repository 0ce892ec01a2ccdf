// Machines of which a row says that they are none of BitLocker's: telephones, Macs, Linux, printers.
import type { TableLayout } from './table-layout.ts';

/** A phone, a Mac, a Linux machine: one of its columns says so, and none says Windows. */
export function isOtherPlatform(layout: TableLayout, fields: readonly string[]): boolean {
  const { platform = [], operatingSystem = [], osVersion = [], keyType = [] } = layout.columns; // "Type" may be the machine's
  const says = (columns: readonly number[], pattern: RegExp): boolean => columns.some((column) => pattern.test(fields[column]?.trim() ?? ''));
  const kinds = [...platform, ...operatingSystem, ...keyType];
  if (says(kinds, /\bwin(?:dows)?\b/i)) return false;
  return says([...kinds, ...osVersion], OTHER_PLATFORM) || isOfMacs(layout, fields);
}

/** Apple calls its models so; and a list that says of each host whether FileVault is on, and nothing of BitLocker, is one of Macs. */
function isOfMacs({ columns, header }: TableLayout, fields: readonly string[]): boolean {
  const headings = header ?? [];
  return (columns.model ?? []).some((column) => MAC_MODEL.test(fields[column]?.trim() ?? '')) || (headings.some((heading) => /filevault|\bjamf\b/i.test(heading)) && !headings.some((heading) => /bitlocker/i.test(heading)));
}

/** A person, a group or a unit: in what a directory's console exports of a container the column "Type" says so, in a dump of the directory the last of its classes. */
export function isOtherObject({ columns: { platform = [], keyType = [], objectClass = [] } }: TableLayout, fields: readonly string[]): boolean {
  return [...platform, ...keyType].some((column) => OTHER_OBJECT.test(fields[column]?.trim() ?? '')) || objectClass.some((column) => OTHER_CLASS.test(fields[column]?.trim() ?? ''));
}

const OTHER_CLASS = /(?:^|[;,\s])(?:user|person|inetorgperson|contact|group|organizationalunit|container|builtindomain|domaindns|printqueue|volume|msds-(?:group)?managedserviceaccount)$/i;

const OTHER_OBJECT = /^(?:user|benutzer|utilisateur|usuario|utente|gebruiker|inetorgperson|contact|kontakt|contacto|contatto|(?:security|distribution) group|sicherheitsgruppe|verteilergruppe|groupe de (?:sécurité|distribution)|group|gruppe|groupe|organi[sz]ational unit|organisationseinheit|unité d['’]organisation|container|builtindomain|shared folder)\b/i;
const OTHER_PLATFORM = /^(?:apple )?(?:printer|network printer|drucker|switch|router|firewall|access ?point|nas|webcam|(?:ip|voip|mobile|smart) ?phone|monitor|projector|ups|mac|mac ?os|os ?x|macmdm|linux|lin|ubuntu|debian|red ?hat|rhel|centos|suse|sles|fedora|ios|iphone|ipad|ipados|android\w*|chrome ?os|tvos|esxi|vmware esxi|vmware photon|darwin|freebsd|solaris|aix)\b|\blinux\b/i;
const MAC_MODEL = /^(?:MacBook|iMac|Mac ?mini|Mac ?Pro|Mac ?Studio|Mac\d+,\d)/i;
