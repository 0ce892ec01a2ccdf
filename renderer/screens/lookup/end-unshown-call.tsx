// Asks before a call in which this desk showed nothing ends as if a key had been tried: a wrong click is likelier than a key from elsewhere.
import { useState } from 'react';
import { ActDialog } from '../../parts/dialog.tsx';
import { Field, TextArea } from '../../parts/field.tsx';
import { useMessages } from '../../preferences.tsx';

interface EndUnshownCallProps { readonly about: string; /** How it ended, in words. */ readonly word: string; readonly busy: boolean; readonly failure: unknown; readonly onEnd: (note: string) => void; readonly onClose: () => void }

export function EndUnshownCall({ about, word, busy, failure, onEnd, onClose }: EndUnshownCallProps) {
  const m = useMessages();
  const [note, setNote] = useState('');
  return (
    <ActDialog title={m.calls.unshownTitle(word)} lead={m.calls.unshownLead(about)} act={m.calls.unshownAct(word)} canAct={note.trim() !== ''} busy={busy} failure={failure} onClose={onClose} onAct={() => onEnd(note.trim())}>
      <Field label={m.calls.unshownNote}>{(wiring) => <TextArea {...wiring} autoFocus rows={2} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
    </ActDialog>
  );
}
