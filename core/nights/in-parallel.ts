/** Runs `work` on every element, at most `concurrency` at a time; the first failure stops the rest and is thrown. */
export const inParallel = async <T>(
  elements: readonly T[],
  concurrency: number,
  work: (element: T, index: number) => Promise<void>,
): Promise<void> => {
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < elements.length && !failed) {
      const index = next;
      next += 1;
      try {
        await work(elements[index]!, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, elements.length) }, worker));
};
