// Who may do what: the table by which the desk decides, in groups, narrowed down by a word of the act.
import { useState } from 'react';
import type { ProcedureName } from '../../../electron/api/contract.ts';
import { ROLES, type Role } from '../../../electron/core/codes.ts';
import { useAnswer } from '../../desk.tsx';
import { actWords } from '../../messages/act-words.ts';
import { classNames } from '../../parts/class-names.ts';
import { Input } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import styles from '../list-screen.module.css';

type Noun = ProcedureName extends `${infer Name}.${string}` ? Name : never;

/** In this order; nouns that one person thinks of together are one group. */
const ACT_GROUPS = ['disclosures', 'keys', 'hosts', 'walkIns', 'media', 'imports', 'rotations', 'waves', 'status', 'operators', 'desk'] as const;
export type ActGroup = (typeof ACT_GROUPS)[number];

const GROUP_OF: Readonly<Record<Noun, ActGroup>> = {
  disclosures: 'disclosures', calls: 'disclosures', paper: 'disclosures', instructions: 'disclosures', keys: 'keys', laps: 'keys', hosts: 'hosts', walkIns: 'walkIns',
  media: 'media', disks: 'media', volumes: 'media', attempts: 'media', imports: 'imports', directories: 'imports', tenants: 'imports', rotations: 'rotations',
  waves: 'waves', incidents: 'waves', recipes: 'waves', status: 'status', reports: 'status', audit: 'status', operators: 'operators', policies: 'operators', desk: 'desk', vault: 'desk',
};
const groupOf = (procedure: string): ActGroup => GROUP_OF[procedure.slice(0, procedure.indexOf('.')) as Noun]; // every procedure begins with a noun

export function RoleTable() {
  const m = useMessages();
  const { data, error, refetch } = useAnswer('operators.roleTable', {});
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLowerCase();
  const groups = ACT_GROUPS.map((group) => ({ group, rows: (data ?? []).filter(({ procedure }) => groupOf(procedure) === group && `${actWords(procedure, m)} ${m.operators.groups[group]}`.toLowerCase().includes(wanted)) })).filter(({ rows }) => rows.length > 0);
  const may = (roles: readonly string[], role: Role): boolean => roles.includes(role) || roles.includes('anyone') || roles.includes('signed-in');
  return (
    <section aria-label={m.operators.table}>
      <div className={classNames(styles['sectionHead'], styles['withFilter'])}>
        <SectionHead title={m.operators.table} aside={m.operators.tableNote} />
        <Input type="search" aria-label={m.operators.filter} placeholder={m.operators.filter} value={query} onChange={(event) => setQuery(event.target.value)} />
      </div>
      {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div> : data === undefined ? <Loading rows={8} />
        : groups.length === 0 ? <Empty title={m.operators.noAct(query.trim())} ways={[{ label: m.hosts.clearFilters, onClick: () => setQuery('') }]} /> : (
          <table className={table['table']}>
            <thead><tr><th scope="col">{m.operators.procedure}</th>{ROLES.map((role) => <th key={role} scope="col" className={styles['center']}>{m.words.role[role]}</th>)}</tr></thead>
            {groups.map(({ group, rows }) => (
              <tbody key={group}>
                <tr className={styles['actGroup']}><th scope="rowgroup" colSpan={ROLES.length + 1}>{m.operators.groups[group]}</th></tr>
                {rows.map(({ procedure, roles }) => (
                  <tr key={procedure}><th scope="row" title={procedure}>{actWords(procedure, m)}</th>{ROLES.map((role) => <td key={role} className={styles['center']}>{may(roles, role) ? <span className={styles['tick']}><Icon name="check" /><span className={text['hiddenText']}>{m.operators.may}</span></span> : <span className={text['hiddenText']}>{m.operators.mayNot}</span>}</td>)}</tr>
                ))}
              </tbody>
            ))}
          </table>
        )}
    </section>
  );
}
