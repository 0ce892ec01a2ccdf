// Files dropped onto the window. Beside a place for them a browser would open what was dropped in the place of the desk: recovery passwords in clear text, with a history.
import { useEffect, useRef, useState } from 'react';

const holdsFiles = (event: DragEvent): event is DragEvent & { readonly dataTransfer: DataTransfer } => event.dataTransfer?.types.includes('Files') === true;

/** From the first drawing on, on every page: nothing that is dropped is opened. */
export function openNoDroppedFiles(): void {
  const refuse = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  window.addEventListener('dragover', refuse);
  window.addEventListener('drop', refuse);
}

/**
 * As long as the part that asks is in sight, the whole window takes files.
 *
 * @param take Null: not now. @returns Whether files are held over the window.
 */
export function useDroppedFiles(take: ((files: readonly File[]) => void) | null): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const takes = (): boolean => latest.current !== null && document.querySelector('dialog[open]') === null; // behind a question nothing begins
    const hold = (event: DragEvent): void => {
      if (!holdsFiles(event) || !takes()) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent): void => { if (event.relatedTarget === null) setOver(false); };
    const drop = (event: DragEvent): void => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0 && takes()) latest.current?.(files);
    };
    window.addEventListener('dragover', hold);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', hold);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return over;
}
