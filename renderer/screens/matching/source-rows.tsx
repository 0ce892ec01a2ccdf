// Every file and row that names a key, one a line.
import { useMessages } from '../../preferences.tsx';

export function SourceRows({ sources }: { readonly sources: readonly { readonly source: string; readonly sourceRow: number }[] }) {
  const m = useMessages();
  return <>{sources.map(({ source, sourceRow }, place) => <span key={place}>{place === 0 ? null : <br />}{source}, {m.imports.atRow(sourceRow)}</span>)}</>;
}
