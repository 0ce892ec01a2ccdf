// Where the focus goes when what had it is drawn away: nowhere is no place for somebody who has only a keyboard.

/** Gives the focus to what holds the rows of the page, or to the page itself, unless something has it already. Never throws. */
export function focusPage(): void {
  if (document.activeElement !== document.body && document.activeElement !== null) return;
  const page = document.querySelector('main [role="region"][tabindex="0"], main [data-lookup-field]') ?? document.querySelector('main');
  if (page instanceof HTMLElement) page.focus({ preventScroll: true });
}
