// Hands a table to the person at the window as a CSV file, through the browser's own download.

type Cell = string | number | null;

/** UTF-8 with a mark, so that a spreadsheet takes it as such. A cell that a spreadsheet would compute begins with an apostrophe. */
function tableText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const quote = (cell: Cell): string => {
    const value = cell === null ? '' : String(cell);
    return `"${(/^[=+@\t\r-]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
  };
  return `\ufeff${[header, ...rows].map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`;
}

/** @param rows Never with a secret: the file leaves the desk. */
export function saveTable(name: string, header: readonly string[], rows: readonly (readonly Cell[])[]): void {
  saveText(name, tableText(header, rows), 'text/csv;charset=utf-8');
}

/** @param content Never with a secret. */
export const saveText = (name: string, content: string, type: string): void => save(name, new Blob([content], { type }));

/** @param bytes Never with a secret. */
export const saveBytes = (name: string, bytes: Uint8Array<ArrayBuffer>, type: string): void => save(name, new Blob([bytes], { type }));

function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
