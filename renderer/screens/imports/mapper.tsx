// A table nobody recognises: its first rows with recovery passwords hidden, a choice above each column, and the answer goes with the import.
import { useState } from 'react';
import type { Input, Output } from '../../../electron/api/contract.ts';
import { MAPPED_FIELDS, type MappedField } from '../../../electron/core/codes.ts';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { Check, Select } from '../../parts/field.tsx';
import { SectionHead } from '../../parts/page.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { useMessages } from '../../preferences.tsx';
import styles from './imports.module.css';

export type UnknownTable = Output<'imports.preview'>[number];
export type Mapping = NonNullable<Input<'imports.run'>['mappings']>[number];

interface MapperProps { readonly tables: readonly UnknownTable[]; readonly onDone: (mappings: readonly Mapping[]) => void; readonly onCancel: () => void }

/** One table after the other. */
export function Mapper({ tables, onDone, onCancel }: MapperProps) {
  const [answers, setAnswers] = useState<readonly (Mapping | null)[]>([]);
  const current = tables[answers.length];
  if (current === undefined) return null;
  const answer = (mapping: Mapping | null): void => {
    const all = [...answers, mapping];
    if (all.length === tables.length) onDone(all.filter((one) => one !== null));
    else setAnswers(all);
  };
  return <OneTable key={answers.length} unknown={current} number={answers.length + 1} of={tables.length} onAnswer={answer} onCancel={onCancel} />;
}

interface OneTableProps { readonly unknown: UnknownTable; readonly number: number; readonly of: number; readonly onAnswer: (mapping: Mapping | null) => void; readonly onCancel: () => void }

function OneTable({ unknown: { path, name, table: { header, columns, rows, rowsLookedAt } }, number, of, onAnswer, onCancel }: OneTableProps) {
  const m = useMessages();
  const [fields, setFields] = useState<readonly (MappedField | null)[]>(columns.map(({ proposed }) => proposed));
  const [inventory, setInventory] = useState(false);
  useCommands([{ id: 'cancel-mapping', label: m.common.cancel, keys: 'Escape', bar: m.common.cancel, run: onCancel }]);
  const hasKeys = fields.includes('recoveryPassword');
  const saysNobodyIsDown = hasKeys || fields.includes('lapsPassword');
  const enough = hasKeys || fields.includes('hostname') || fields.includes('distinguishedName');
  const passwords = Math.max(0, ...columns.map((column) => column.recoveryPasswords));
  const heading = (column: number): string => header?.[column] || m.mapping.column(column + 1);
  const choose = (column: number, value: string): void => setFields(fields.map((field, at) => (at === column ? (MAPPED_FIELDS.find((one) => one === value) ?? null) : field)));
  const take = (): void => onAnswer({ header: header === null ? null : [...header], fields: [...fields], inventory: inventory && !saysNobodyIsDown, path: header === null ? path : null });
  return (
    <form className={styles['mapper']} aria-label={m.mapping.title} onSubmit={(event) => { event.preventDefault(); if (enough) take(); }}>
      <SectionHead title={m.mapping.title} aside={m.mapping.which(name, number, of)} />
      <p className={text['soft']}>{m.mapping.lead} {passwords > 0 ? m.mapping.found(passwords, rowsLookedAt) : m.mapping.foundNone}</p>
      <div className={styles['mapperRows']} tabIndex={0} role="region" aria-label={m.mapping.table}>
        <table className={table['table']}>
          <thead>
            <tr>{fields.map((_, column) => <th key={column} scope="col">{heading(column)}</th>)}</tr>
            <tr>{fields.map((field, column) => (
              <td key={column}>
                <Select aria-label={heading(column)} autoFocus={column === 0} value={field ?? ''} onChange={(event) => choose(column, event.target.value)}>
                  <option value="">{m.mapping.nothing}</option>
                  {MAPPED_FIELDS.map((one) => <option key={one} value={one}>{m.mapping.field[one]}</option>)}
                </Select>
              </td>
            ))}</tr>
          </thead>
          <tbody>{rows.map((row, at) => <tr key={at}>{row.map((cell, column) => <td key={column} className={cell === null ? text['muted'] : text['code']}>{cell ?? m.mapping.secret}</td>)}</tr>)}</tbody>
        </table>
      </div>
      {saysNobodyIsDown ? null : <Check label={m.mapping.inventory} note={m.mapping.inventoryNote} checked={inventory} onChange={(event) => setInventory(event.target.checked)} />}
      <div className={styles['mapperActs']}>
        <Button look="primary" type="submit" disabled={!enough}>{number < of ? m.mapping.next : m.mapping.take}</Button>
        <Button onClick={() => onAnswer(null)}>{m.mapping.asRecognised}</Button>
        <Button onClick={onCancel}>{m.common.cancel}</Button>
        <span className={text['soft']}>{enough ? (header === null ? '' : m.mapping.remembered) : m.mapping.needs}</span>
      </div>
    </form>
  );
}
