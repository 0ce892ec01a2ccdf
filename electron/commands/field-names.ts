// What an error says about a field, said about the option it came from: nobody types `endsAt`. And which option would replace a file that is there.
import { RemoteError } from '../api/client.ts';
import { AppError } from '../core/app-error.ts';
import type { Command } from './command.ts';

const asOption = (field: string): string => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** @returns The same failure; of one about entered values, fields that an option of the command fills under its name: `endsAt: …` as `--ends: …`; of a file that is there already, `--overwrite` where the command has it, and so `--manual-only` of a base that does for that. */
export function namingOptions(error: unknown, { options }: Pick<Command, 'options'>): unknown {
  if (!(error instanceof RemoteError || error instanceof AppError)) return error;
  if (error.code === 'file-exists' && Object.hasOwn(options, 'overwrite')) return new AppError('file-exists', { ...error.facts, option: '--overwrite' }, { cause: error });
  if (error.code === 'base-lacks-files' && error.facts['manualOnly'] === true && Object.hasOwn(options, 'manual-only')) return new AppError('base-lacks-files', { ...error.facts, option: '--manual-only' }, { cause: error });
  if (error.code !== 'invalid-input') return error;
  const { field: one, fields: several, reason, ...facts } = error.facts;
  if (!Array.isArray(several) && typeof one !== 'string') return error;
  const fields = (Array.isArray(several) ? several : [typeof reason === 'string' ? `${one}: ${reason}` : one]).map(String).map((said) => {
    const [, field = '', rest = ''] = /^([A-Za-z]+)(.*)$/s.exec(said) ?? [];
    const option = [asOption(field), asOption(field).replace(/-at$/, '')].find((name) => Object.hasOwn(options, name));
    return option === undefined ? said : `--${option}${rest}`;
  });
  return new AppError('invalid-input', { ...facts, fields }, { cause: error });
}
