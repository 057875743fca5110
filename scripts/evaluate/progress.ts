import type { Progress } from './run.ts';

const EVERY_MS = 2000;

/** Writes a line to stderr when a phase begins and every two seconds within it. */
export function progressLines(): Progress {
  const started = performance.now();
  let last = { phase: '', at: 0 };
  return (phase, done, total) => {
    const now = performance.now();
    if (phase === last.phase && now - last.at < EVERY_MS) return;
    last = { phase, at: now };
    const share = Number.isFinite(total) && total > 0 ? ` ${Math.round((100 * done) / total)}%` : ` ${done}`;
    console.error(`${((now - started) / 1000).toFixed(1)} s  ${phase}${share}`);
  };
}
