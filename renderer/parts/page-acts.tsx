// The acts of a screen: buttons in its head, and commands of the palette, the key bar and the help page.
import { useCommands } from '../keys/commands.tsx';
import { useMessages } from '../preferences.tsx';
import { Button } from './button.tsx';

/** `title`: why it can not be done now. */
export interface PageAct { readonly id: string; readonly label: string; readonly keys?: string; readonly primary?: boolean; readonly enabled?: boolean; readonly title?: string | undefined; readonly run: () => void }

/** The filled one stands last. */
export function PageActs({ acts }: { readonly acts: readonly PageAct[] }) {
  const m = useMessages();
  useCommands(acts.map(({ id, label, keys, enabled = true, run }) => ({ id, label, enabled, run, ...(keys === undefined ? {} : { keys, bar: m.common.within(label) }) })));
  return <>{acts.map(({ id, label, primary = false, enabled = true, title, run }) => <Button key={id} look={primary ? 'primary' : 'outlined'} disabled={!enabled} title={title} onClick={run}>{label}</Button>)}</>;
}
