// What may stand on the screen a moment later than the rest of it.
import { useEffect, useState } from 'react';

/** @returns What was given, once the frame has been painted in which it was given first; until then what was given before. */
export function useOncePainted<T>(value: T): T | undefined {
  const [painted, setPainted] = useState<T | undefined>(undefined);
  useEffect(() => {
    if (painted === value) return;
    const behind = new MessageChannel(); // a message comes behind the frame
    behind.port1.onmessage = () => setPainted(() => value);
    const frame = requestAnimationFrame(() => behind.port2.postMessage(null));
    return () => { cancelAnimationFrame(frame); behind.port1.close(); };
  }, [value, painted]);
  return painted;
}
