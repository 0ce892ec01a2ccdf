// Turns a long piece of work that tells of its progress into a stream of it. Only the latest word counts, so that a slow listener holds nothing up.

/**
 * @param work   Gets the way to tell; may tell as often as it likes.
 * @param onLeft Called when the listener leaves before the end: the place to stop the work. The stream then waits until it has stopped.
 * @returns Yields what was told last whenever the listener is ready; returns what the work returns, throws what it throws.
 */
export async function* withProgress<T, R>(work: (tell: (progress: T) => void) => Promise<R>, onLeft: () => void): AsyncGenerator<T, R> {
  const told: T[] = []; // one at most
  let isDone = false;
  let wake = (): void => {};
  const result = work((progress) => {
    told[0] = progress;
    wake();
  }).finally(() => {
    isDone = true;
    wake();
  });
  const settled = result.then(() => undefined, () => undefined);
  let hasLeft = true;
  try {
    for (;;) {
      if (told.length > 0) yield* told.splice(0);
      else if (isDone) break;
      else await new Promise<void>((resolve) => { wake = resolve; });
    }
    hasLeft = false;
  } finally {
    if (hasLeft) onLeft();
    await settled;
  }
  return result;
}
