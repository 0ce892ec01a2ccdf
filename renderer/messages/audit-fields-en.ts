// What the details of an audit entry are called, in English. A name that is not here is said as it is.
export const auditFieldsEn = {
  from: 'from', to: 'to', state: 'state', reason: 'reason', as: 'as', way: 'way', outcome: 'outcome', proof: 'proof', identity: 'identity',
  caller: 'caller', ticket: 'ticket', groupsRead: 'groups read back', note: 'note', hostname: 'host', host: 'host', hosts: 'hosts', keyRecords: 'key records', lapsPasswords: 'LAPS passwords',
  rotations: 'rotations', disclosureId: 'disclosure', mediaId: 'medium', medium: 'medium', holder: 'holder', evidence: 'evidence', statement: 'statement', why: 'why', query: 'query',
  found: 'found', changed: 'changed', filter: 'filter', name: 'name', scope: 'scope', mode: 'mode', leftOut: 'left out', technicians: 'technicians', roles: 'roles',
  rule: 'rule', assigned: 'assigned', moved: 'moved', stayed: 'stayed', second: 'second operator', importId: 'import', step: 'step', list: 'list', row: 'row',
  wave: 'wave', incident: 'incident', recipe: 'recipe', number: 'number', kind: 'kind', format: 'form', language: 'language', verified: 'verified', unexpected: 'unexpected',
  override: 'all the same', recoverySheet: 'recovery sheet', operators: 'operators', how: 'how', again: 'again', count: 'count', minutes: 'minutes', other: 'other host', account: 'account',
};
export type AuditFields = Readonly<Record<keyof typeof auditFieldsEn, string>>;
