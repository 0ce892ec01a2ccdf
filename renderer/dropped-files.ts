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

/** `entries`: of each file in its order, what a browser says it is; good only as long as nobody else has asked. */
export interface Dropped { readonly files: readonly File[]; readonly entries: readonly (FileSystemEntry | null)[] }

/** @returns The files, and in place of each folder all files in it. Throws what a file throws that can not be read. */
export async function filesWithin({ files, entries }: Dropped): Promise<readonly File[]> {
  const found = await Promise.all(files.map((file, at) => { const entry = entries[at]; return isFolder(entry) ? filesIn(entry) : [file]; }));
  return found.flat();
}

const isFolder = (entry: FileSystemEntry | null | undefined): entry is FileSystemDirectoryEntry => entry?.isDirectory === true;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

async function filesIn(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader();
  const found: File[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)); // a hundred at a time
    if (some.length === 0) return found;
    for (const entry of some) {
      if (isFolder(entry)) found.push(...await filesIn(entry));
      else if (isFile(entry)) found.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
    }
  }
}

/**
 * As long as the part that asks is in sight, the whole window takes files.
 *
 * @param take Null: not now. Folders are told apart in a browser only; among the files each stands as one that can not be read there. @returns Whether files are held over the window.
 */
export function useDroppedFiles(take: ((dropped: Dropped) => void) | null): boolean {
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
      const { files = [], items = [] } = event.dataTransfer ?? {};
      if (files.length > 0 && takes()) latest.current?.({ files: [...files], entries: [...items].filter(({ kind }) => kind === 'file').map((item) => item.webkitGetAsEntry()) });
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
