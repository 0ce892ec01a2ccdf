// Language, theme and single-letter keys of this window: kept in local storage, never anything secret.
import { createContext, use, useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { formatOf, LANGUAGES, type Format, type Language } from './format.ts';
import { MESSAGES, type Messages } from './messages/index.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Preferences { readonly language: Language; readonly theme: Theme; readonly singleKeys: boolean; readonly operatorName: string }

const STORED_AS = 'bluelift-preferences';

/**
 * Reads what was stored.
 *
 * @param stored  Untrusted JSON text, or null.
 * @param spoken  The languages the browser asks for, the wanted first.
 * @returns Every preference; what is missing or unknown follows the system. Never throws.
 */
export function readPreferences(stored: string | null, spoken: readonly string[]): Preferences {
  let given: Readonly<Record<string, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) given = parsed as Readonly<Record<string, unknown>>; // every field is checked below
  } catch { /* damaged: as if nothing was stored */ }
  const system = spoken.map((tag) => LANGUAGES.find((language) => tag.toLowerCase().startsWith(language))).find((language) => language !== undefined) ?? 'en';
  return {
    language: LANGUAGES.find((language) => language === given['language']) ?? system,
    theme: THEMES.find((theme) => theme === given['theme']) ?? 'system',
    singleKeys: given['singleKeys'] !== false,
    operatorName: typeof given['operatorName'] === 'string' ? given['operatorName'].slice(0, 64) : '',
  };
}

interface PreferencesContext { readonly preferences: Preferences; readonly change: (changes: Partial<Preferences>) => void; readonly format: Format }

const Context = createContext<PreferencesContext | null>(null);

function show({ language, theme }: Preferences): void {
  document.documentElement.lang = language;
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [preferences, setPreferences] = useState(() => {
    const read = readPreferences(localStorage.getItem(STORED_AS), navigator.languages);
    show(read);
    return read;
  });
  useEffect(() => {
    show(preferences);
    localStorage.setItem(STORED_AS, JSON.stringify(preferences));
  }, [preferences]);
  const change = useCallback((changes: Partial<Preferences>) => setPreferences((before) => ({ ...before, ...changes })), []);
  const value = useMemo(() => ({ preferences, change, format: formatOf(preferences.language) }), [preferences, change]);
  return <Context value={value}>{children}</Context>;
}

export function usePreferences(): PreferencesContext {
  const context = use(Context);
  if (context === null) throw new Error('PreferencesProvider is missing above');
  return context;
}

const systemTheme = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');
function followSystem(changed: () => void): () => void {
  const system = systemTheme();
  system.addEventListener('change', changed);
  return () => system.removeEventListener('change', changed);
}

/** The theme in sight, that of the system included: a drawing keeps the colours it was made with, and is made anew when this changes. */
export function useThemeInSight(): 'light' | 'dark' {
  const { theme } = usePreferences().preferences;
  const system = useSyncExternalStore(followSystem, () => systemTheme().matches) ? 'dark' : 'light';
  return theme === 'system' ? system : theme;
}

export const useLanguage = (): Language => usePreferences().preferences.language;
export const useFormat = (): Format => usePreferences().format;
export const useMessages = (): Messages => MESSAGES[usePreferences().preferences.language];
