// The part of Windows Script Host the agent uses, as types, and the few calls around it.
// Left out on purpose, because Wine's script host lacks it and one implementation has to do: StdIn, StdOut, Shell.Exec,
// Environment("PROCESS"), TextStream.Skip, `typeof` of a date from a file.

type TextStream = { Read(characters: number): string; Write(text: string): void; readonly AtEndOfStream: boolean; Close(): void };
/** `DateLastModified` is a VT_DATE: only `new Date(value)` makes something of it. */
type FileObject = { readonly Name: string; readonly Size: number; readonly DateLastModified: VarDate };
type FolderObject = { readonly Files: Collection<FileObject>; readonly SubFolders: Collection<{ readonly Name: string }> };
type DriveObject = { readonly DriveLetter: string; readonly DriveType: number; readonly IsReady: boolean };
declare const collectionItem: unique symbol;
type Collection<T> = { readonly [collectionItem]: T };
type VarDate = number & { readonly __brand: 'VarDate' };

export type FileSystemObject = {
  FileExists(path: string): boolean;
  FolderExists(path: string): boolean;
  GetFile(path: string): FileObject;
  GetFolder(path: string): FolderObject;
  GetDrive(letter: string): DriveObject;
  readonly Drives: Collection<DriveObject>;
  /** `mode` 1: reading; `format` 0: bytes through the code page. */
  OpenTextFile(path: string, mode: 1, create: false, format: 0): TextStream;
  CreateTextFile(path: string, overwrite: boolean, unicode: false): TextStream;
  DeleteFile(path: string, force: boolean): void;
  CopyFile(from: string, to: string, overwrite: boolean): void;
  GetTempName(): string;
};
export type Shell = {
  /** @returns The exit code, signed, when it waits. */
  Run(command: string, windowStyle: 0, wait: true): number;
  ExpandEnvironmentStrings(text: string): string;
  RegRead(name: string): unknown;
};

declare const ActiveXObject: {
  new (name: 'Scripting.FileSystemObject'): FileSystemObject;
  new (name: 'WScript.Shell'): Shell;
};
declare const Enumerator: new <T>(collection: Collection<T>) => { atEnd(): boolean; moveNext(): void; item(): T };
declare const WScript: { Echo(text: string): void; Quit(code: number): never; Sleep(ms: number): void; readonly ScriptFullName: string };

/** @returns Its file system. */
export function makeFileSystemObject(): FileSystemObject {
  return new ActiveXObject('Scripting.FileSystemObject');
}

/** @returns Its shell: programs, registry, environment. */
export function makeShell(): Shell {
  return new ActiveXObject('WScript.Shell');
}

/** @returns The things of a collection as an array. */
export function listOf<T>(collection: Collection<T>): T[] {
  const items: T[] = [];
  for (const each = new Enumerator(collection); !each.atEnd(); each.moveNext()) items.push(each.item());
  return items;
}

/** Writes a line. */
export function echo(line: string): void {
  WScript.Echo(line);
}

/** Ends the script with this exit code. */
export function quit(code: number): never {
  return WScript.Quit(code);
}

/** Waits. */
export function sleep(ms: number): void {
  WScript.Sleep(ms);
}

/** @returns The folder of the running script, with a backslash at the end. */
export function scriptFolder(): string {
  return WScript.ScriptFullName.replace(/[^\\]*$/, '');
}

/** @returns The value of an environment variable, empty when it is not set (it is then handed back unexpanded). */
export function environment(shell: Shell, name: string): string {
  // Wine 10 counts the terminating zero as a character.
  const value = shell.ExpandEnvironmentStrings(`%${name}%`).replace(/\x00+$/, '');
  return value === `%${name}%` ? '' : value;
}
