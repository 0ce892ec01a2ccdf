// The frame around every screen: rail, page, key bar; the keys that work anywhere; the palette, help and the vault's clock.
import { useEffect, useState } from 'react';
import { useApi, type DeskState } from '../desk.tsx';
import { useCommands, type Command } from '../keys/commands.tsx';
import text from '../parts/text.module.css';
import type { Screen } from '../place.ts';
import { useMessages, usePreferences } from '../preferences.tsx';
import { ImportsProvider } from '../screens/imports/imports-provider.tsx';
import { ScreenOf } from '../screens/screen-of.tsx';
import { goTo, usePlace } from '../use-place.ts';
import { CommandPalette } from './command-palette.tsx';
import { DemoMark } from './demo-mark.tsx';
import { HelpPage } from './help-page.tsx';
import { KeyBar } from './key-bar.tsx';
import { OldNotice } from './old-notice.tsx';
import { Rail } from './rail.tsx';
import { useScreens } from './use-screens.ts';
import { ClosingSoon, useVaultClock } from './vault-clock.tsx';
import styles from './frame.module.css';

export function Frame({ state }: { readonly state: DeskState }) {
  const m = useMessages();
  const api = useApi();
  const { preferences, change } = usePreferences();
  const place = usePlace();
  const screens = useScreens();
  const clock = useVaultClock();
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const screen: Screen = screens.includes(place.screen) ? place.screen : (screens[0] ?? 'overview');

  useEffect(() => { document.title = `${m.screens[screen]} · Bluelift`; }, [m, screen]);

  const commands: Command[] = [
    { id: 'help', label: m.frame.helpFor(m.screens[screen]), keys: 'F1', bar: m.frame.help, run: () => setOpen('help') },
    { id: 'commands', label: m.frame.commands, keys: 'Ctrl+K', bar: m.frame.commandsKey, run: () => setOpen('palette') },
    ...(screens.includes('lookup') ? [{ id: 'lookup', label: m.screens.lookup, keys: '/', run: () => { if (screen !== 'lookup') goTo('lookup'); const field = document.querySelector<HTMLInputElement>('[data-lookup-field]'); field?.focus(); field?.select(); } }] : []),
    ...screens.map((name, index): Command => ({ id: `to-${name}`, label: m.screens[name], ...keysOf(index, screens.length), run: () => goTo(name) })),
    { id: 'language', label: m.frame.switchLanguage, run: () => change({ language: preferences.language === 'en' ? 'de' : 'en' }) },
    ...(['system', 'light', 'dark'] as const).filter((theme) => theme !== preferences.theme).map((theme): Command => ({ id: `theme-${theme}`, label: `${m.frame.theme}: ${m.settings.themes[theme]}`, run: () => change({ theme }) })),
    { id: 'close-vault', label: m.frame.closeVault, run: () => void api.call('vault.close', {}) },
  ];
  useCommands(commands, true);

  return (
    <div className={styles['app']}>
      <a className={styles['skip']} href="#page" onClick={(event) => { event.preventDefault(); document.getElementById('page')?.focus(); }}>{m.frame.skip}</a>
      <Rail state={state} screen={screen} screens={screens} closesInMs={clock.closesInMs} />
      <main className={styles['page']} id="page" tabIndex={-1}><OldNotice /><ImportsProvider><ScreenOf screen={screen} place={place} /></ImportsProvider>{state.demo ? <span className={styles['demoOfFull']}><DemoMark wide /></span> : null}</main>
      <KeyBar />
      {open === 'palette' ? <CommandPalette onClose={() => setOpen(null)} /> : null}
      {open === 'help' ? <HelpPage screen={screen} onClose={() => setOpen(null)} /> : null}
      <ClosingSoon clock={clock} />
      <span className={text['hiddenText']} aria-live="polite" id="announcements" />
    </div>
  );
}

/** Alt+1 to Alt+9 in their order; the last one, Settings, is always Alt+0. */
const keysOf = (index: number, count: number): { keys?: string } => (index === count - 1 ? { keys: 'Alt+0' } : index < 9 ? { keys: `Alt+${index + 1}` } : {});
