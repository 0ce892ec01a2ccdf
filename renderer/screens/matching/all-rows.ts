// All rows of a list that comes in pages.

export async function allRows<Row>(ask: (offset: number) => Promise<{ readonly total: number; readonly rows: readonly Row[] }>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await ask(rows.length);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}
