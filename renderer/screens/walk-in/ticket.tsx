// The number as a slip of paper: printed alone, nothing else of the window is. Holds no secret.
import { createPortal } from 'react-dom';
import { useFormat, useMessages } from '../../preferences.tsx';
import type { WalkIn } from './queue.tsx';
import styles from './ticket.module.css';

export function Ticket({ walkIn }: { readonly walkIn: WalkIn }) {
  const m = useMessages();
  const format = useFormat();
  return createPortal(
    <section className={styles['ticket']} aria-hidden="true">
      <p>{m.walkIn.ticketTitle}</p><p className={styles['number']}>{walkIn.number}</p>
      <p className={styles['host']}>{walkIn.hostname ?? walkIn.said}</p>
      <p>{m.walkIn.ticketArrived} {format.dateTime(walkIn.arrivedAt)}</p><p>{m.walkIn.ticketKeep}</p>
    </section>, document.body);
}
