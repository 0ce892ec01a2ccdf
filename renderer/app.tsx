// The app: what is lent to every screen, and the gate in front of them.
import { DeskProvider } from './desk.tsx';
import { Gate } from './gate/gate.tsx';
import { CommandsProvider } from './keys/commands.tsx';
import { Sprite } from './parts/icon.tsx';
import { PreferencesProvider } from './preferences.tsx';
import { ToastProvider } from './toast.tsx';
import type { DeskTransport } from './transport.ts';

export function App({ transport }: { readonly transport: DeskTransport }) {
  return (
    <PreferencesProvider>
      <DeskProvider transport={transport}>
        <CommandsProvider>
          <ToastProvider>
            <Sprite />
            <Gate />
          </ToastProvider>
        </CommandsProvider>
      </DeskProvider>
    </PreferencesProvider>
  );
}
