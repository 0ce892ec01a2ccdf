// Files through Scripting.FileSystemObject, bytes through one reader.
import { fileTimeUtcMs } from './file-time.ts';
import { learnByteTable, toBytes } from './byte-table.ts';
import type { ByteTable } from './byte-table.ts';
import type { Files, FoundFile } from './ports.ts';
import { listOf } from './script-host.ts';
import type { FileSystemObject, Shell } from './script-host.ts';

const PIECE_CHARACTERS = 65536;

/** @returns Files of the host and the medium, by what the script host has. */
export function makeFiles(fso: FileSystemObject, shell: Shell): Files {
  let table: ByteTable | null = null;
  let bytesRead = 0;

  // Every read of the agent goes through here. `most` -1: to the end. False: it could not be read, or `use` had enough.
  const read = (path: string, most: number, use: (text: string) => void): boolean => {
    try {
      const stream = fso.OpenTextFile(path, 1, false, 0);
      try {
        for (let left = most; left !== 0 && !stream.AtEndOfStream;) {
          const text = stream.Read(left < 0 || left > PIECE_CHARACTERS ? PIECE_CHARACTERS : left);
          if (text.length === 0) break;
          bytesRead += text.length;
          if (left > 0) left -= text.length;
          use(text);
        }
      } finally {
        stream.Close();
      }
      return true;
    } catch (error) {
      return false;
    }
  };
  const readText = (path: string, mostBytes: number): string | null => {
    let all = '';
    // In one piece, see unescapeValue in field-lines.ts: what was read back is compared.
    return read(path, mostBytes, (text) => { all += text; }) ? all.substring(0) : null;
  };

  return {
    hasFile: (path) => fso.FileExists(path),
    hasFolder: (path) => fso.FolderExists(path),
    list: (folder) => {
      try {
        const found: FoundFile[] = [];
        const files = listOf(fso.GetFolder(folder).Files);
        for (let i = 0; i < files.length; i++) {
          const file = files[i];
          if (file !== undefined) found.push({ name: file.Name, sizeBytes: file.Size, modifiedAtMs: fileTimeUtcMs(new Date(file.DateLastModified), new Date()) });
        }
        return found;
      } catch (error) {
        return null;
      }
    },
    readText: readText,
    readBytes: (path, mostBytes) => {
      const text = table === null ? null : readText(path, mostBytes);
      return text === null || table === null ? null : toBytes(text, table);
    },
    eachPiece: (path, use) => {
      let isWhole = table !== null;
      const isRead = read(path, -1, (text) => {
        const bytes = table === null ? null : toBytes(text, table);
        if (bytes === null) isWhole = false;
        else use(bytes);
      });
      return isRead && isWhole;
    },
    learnBytes: (path) => {
      const text = readText(path, 512);
      table = text === null ? null : learnByteTable(text);
      return table !== null;
    },
    write: (path, text) => {
      try {
        const stream = fso.CreateTextFile(path, true, false);
        try {
          stream.Write(text);
        } finally {
          stream.Close();
        }
        return true;
      } catch (error) {
        return false;
      }
    },
    copy: (from, to) => {
      try {
        fso.CopyFile(from, to, false);
        return true;
      } catch (error) {
        return false;
      }
    },
    // `move /y` replaces in one step, where FileSystemObject would need the old file deleted first. Its answer is not believed.
    rename: (from, to) => {
      shell.Run(`cmd /c move /y "${from}" "${to}" >nul 2>&1`, 0, true);
      return fso.FileExists(to) && !fso.FileExists(from);
    },
    remove: (path) => {
      try {
        fso.DeleteFile(path, true);
      } catch (error) {
        // Whether it is still there is what counts.
      }
      return !fso.FileExists(path);
    },
    bytesRead: () => bytesRead,
  };
}
