/** @returns What the steps return at their end; what they yield on the way is passed over. */
export async function toEnd<Result>(steps: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}
