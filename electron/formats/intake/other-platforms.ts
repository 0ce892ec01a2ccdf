// Machines of which a row says that they are none of BitLocker's: telephones, Macs, Linux, printers.
import type { TableLayout } from './table-layout.ts';

/** A phone, a Mac, a Linux machine: one of its columns says so, and none says Windows. */
export function isOtherPlatform(layout: TableLayout, fields: readonly string[]): boolean {
  const { platform = [], operatingSystem = [], keyType = [] } = layout.columns; // "Type" may be the machine's
  const says = (pattern: RegExp): boolean => [...platform, ...operatingSystem, ...keyType].some((column) => pattern.test(fields[column]?.trim() ?? ''));
  if (says(/\bwin(?:dows)?\b/i)) return false;
  return says(OTHER_PLATFORM) || isOfMacs(layout, fields);
}

/** Apple calls its models so; and a list that says of each host whether FileVault is on, and nothing of BitLocker, is one of Macs. */
function isOfMacs({ columns, header }: TableLayout, fields: readonly string[]): boolean {
  const headings = header ?? [];
  return (columns.model ?? []).some((column) => MAC_MODEL.test(fields[column]?.trim() ?? '')) || (headings.some((heading) => /filevault|\bjamf\b/i.test(heading)) && !headings.some((heading) => /bitlocker/i.test(heading)));
}

/** A person, a group or a unit, in what a directory's console exports of a container: its column "Type" says so. */
export function isOtherObject({ columns: { platform = [], keyType = [] } }: TableLayout, fields: readonly string[]): boolean {
  return [...platform, ...keyType].some((column) => OTHER_OBJECT.test(fields[column]?.trim() ?? ''));
}

const OTHER_OBJECT = /^(?:user|benutzer|utilisateur|usuario|utente|gebruiker|inetorgperson|contact|kontakt|contacto|contatto|(?:security|distribution) group|sicherheitsgruppe|verteilergruppe|groupe de (?:sécurité|distribution)|group|gruppe|groupe|organi[sz]ational unit|organisationseinheit|unité d['’]organisation|container|builtindomain|shared folder)\b/i;
const OTHER_PLATFORM = /^(?:apple )?(?:printer|network printer|drucker|switch|router|firewall|access ?point|nas|webcam|(?:ip|voip|mobile|smart) ?phone|monitor|projector|ups|mac|mac ?os|os ?x|macmdm|linux|lin|ubuntu|debian|red ?hat|rhel|centos|suse|sles|fedora|ios|iphone|ipad|ipados|android\w*|chrome ?os|tvos|esxi|vmware esxi)\b/i;
const MAC_MODEL = /^(?:MacBook|iMac|Mac ?mini|Mac ?Pro|Mac ?Studio|Mac\d+,\d)/i;
