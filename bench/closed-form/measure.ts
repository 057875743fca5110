/** Seconds on the clock and of all processors that a piece of work took. */
export type Spent = { seconds: number; cpuSeconds: number };

/** Runs it once. */
export function measured<T>(work: () => T): Spent & { result: T } {
  const started = performance.now();
  const busy = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(busy);
  return { result, seconds: (performance.now() - started) / 1e3, cpuSeconds: (user + system) / 1e6 };
}

/** "1.2 s (2.3 s of processors)". */
export function spentText({ seconds, cpuSeconds }: Spent): string {
  return `${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processors)`;
}
