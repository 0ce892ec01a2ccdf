// Until when a tenant wants to be left alone: the time of day for whoever comes back to it, and how long that still is for whoever looks on.
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useNow } from '../../use-now.ts';

/** @param until An instant; null: the tenant said nothing of the kind. Gone when the time is over. */
export function TenantWaits({ until }: { readonly until: string | null }) {
  return until === null ? null : <Waiting until={until} />;
}

function Waiting({ until }: { readonly until: string }) {
  const m = useMessages();
  const format = useFormat();
  const left = Date.parse(until) - useNow(1000);
  return left <= 0 ? null : <p className={text['soft']} aria-live="polite">{m.sources.waitingForTenant(format.time(until))} <span aria-hidden="true">{format.countdown(left)}</span></p>;
}
