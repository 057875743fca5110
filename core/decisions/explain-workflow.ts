import type { WorkflowTrace } from '../workflow/optimize-workflow.ts';
import type { Explanation } from './decision-answer.ts';

const NOTE = 'A trace keeps the first three of each list';

/** What was found of a user's work, from the trace alone. */
export const explainWorkflow = (trace: WorkflowTrace): Explanation => ({
  kind: 'workflow',
  context: trace.context,
  source: trace.source as Explanation['source'],
  segments: [],
  rules: [],
  experiments: [],
  workflow: {
    actions: trace.actions,
    sequences: trace.sequences.map(([sequence, support]) => ({ sequence, support })),
    nextSteps: trace.nextSteps.map(([action, probability]) => ({ action, probability })),
    bestHours: trace.bestHours.map(([hour, score]) => ({ hour, score })),
    shortcuts: trace.shortcuts.map(([from, to, support]) => ({ from, to, support })),
  },
  notes: [NOTE],
});
