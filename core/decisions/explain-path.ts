import type { PathTrace } from '../learning/paths/path-trace.ts';
import type { Explanation } from './decision-answer.ts';

const NOTE = 'The reasons of each module are in the path itself; a trace keeps what they were computed from';

/** What a learning path was planned from, and what was left of it, from the trace alone. */
export const explainPath = (trace: PathTrace): Explanation => {
  const [mastery, confidence, results] = trace.mastery;
  const [performance, time, engagement] = trace.terms;
  const cut = trace.modules.length < trace.left;
  return {
    kind: 'path',
    context: trace.context,
    source: 'computed',
    segments: [],
    rules: [],
    experiments: [],
    path: {
      pathId: trace.path,
      topic: trace.topic,
      level: trace.level,
      version: trace.version,
      ...(trace.style !== undefined && { style: trace.style }),
      pace: trace.pace,
      mastery: { mastery, confidence, results },
      terms: { performance, time, engagement },
      signal: trace.signal,
      modules: trace.modules.map(([id, status, percent, minutes]) => ({
        id,
        status,
        difficulty: percent / 100,
        estimatedMinutes: minutes,
      })),
      ...(trace.next !== undefined && { next: trace.next }),
    },
    notes: [
      NOTE,
      ...(cut ? [`Of ${trace.left} modules that were left the trace keeps ${trace.modules.length}`] : []),
    ],
  };
};
