import { describe, expect, it } from '@jest/globals';
import { conditionEngine } from '../../../../adapters/conditions/condition-engine.ts';
import { explainAssignment } from '../../../../core/decisions/explain-assignment.ts';
import type { Decision } from '../../../../core/decisions/ports.ts';
import {
  type AssignmentTrace,
  isAssignmentTrace,
} from '../../../../core/experiments/assignment/assignment-trace.ts';
import { compileExperiments } from '../../../../core/experiments/assignment/compile-experiments.ts';
import {
  type AssignmentPorts,
  getAssignment,
} from '../../../../core/experiments/assignment/get-assignment.ts';
import {
  createExperiment,
  replaceExperiment,
} from '../../../../core/experiments/definition/manage-experiments.ts';
import type { ExperimentBody, StickyAssignments } from '../../../../core/experiments/types.ts';
import { emptyState } from '../../../../core/journal/empty-state.ts';
import { memoryDefinitions } from '../../../support/definitions.ts';
import { experimentBody } from '../../../support/experiments.ts';
import { memoryOutcomes } from '../../../support/outcomes.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const by = { sub: 'root', now: NOW };

/** One user on stores in memory; `first` is what another request stores in between. */
const world = async (body: ExperimentBody, first: (line: string) => StickyAssignments = () => ({})) => {
  const experiments = memoryDefinitions<ExperimentBody>();
  await createExperiment({ experiments }, { id: 'one', body }, by);
  const engine = conditionEngine();
  const asked: string[] = [];
  const traces: Decision[] = [];
  const outcomes = memoryOutcomes();
  let sticky: StickyAssignments = {};
  const ports: AssignmentPorts = {
    experiments,
    experimentSet: async () => compileExperiments(await experiments.load(), engine),
    engine,
    users: {
      load: async () => {
        asked.push('user');
        const config = { sticky, heads: new Map() };
        return {
          profile: undefined,
          journal: emptyState,
          facts: new Set(),
          precomputed: undefined,
          config,
          units: 1,
        };
      },
    },
    outcomes: {
      ...outcomes,
      expose: async (row) => {
        asked.push('count');
        return outcomes.expose(row);
      },
    },
    assignments: {
      expose: async (_, additions) => {
        asked.push('expose');
        sticky = { ...additions, ...first(Object.keys(additions)[0] ?? ''), ...sticky };
        return sticky;
      },
    },
    decisions: {
      put: async (decision) => {
        asked.push('trace');
        traces.push(decision);
      },
      lastInContext: async () => traces.at(-1),
    },
    userSeal: async () => ({ seal: () => '', open: () => undefined }),
    traceLost: (error) => {
      throw error;
    },
    models: async () => {
      asked.push('models');
      return undefined;
    },
    switches: { abTesting: true, ml: true },
  };
  const ask = (given = {}) =>
    getAssignment(ports, {
      userId: 'ada',
      experiment: 'quiet-dashboard',
      now: NOW,
      newId: () => '01KB',
      ...given,
    });
  return { ports, experiments, engine, asked, traces, ask };
};

describe('an assignment', () => {
  it('asks for the user once, then stores arm and trace, and later neither', async () => {
    const { ask, asked } = await world(experimentBody());
    const first = await ask();
    expect(asked).toEqual(['user', 'count', 'expose', 'trace']);
    expect(await ask()).toEqual(first);
    expect(asked.slice(4)).toEqual(['user']);
  });

  it('asks for models only where the condition reads what they say', async () => {
    const { ask, asked } = await world(
      experimentBody({ condition: { '<': [{ var: 'user.churn.risk' }, 2] } }),
    );
    expect((await ask()).inExperiment).toBe(true);
    expect(asked).toContain('models');
  });

  it('is the arm that another request was first with', async () => {
    for (const arm of ['control', 'quiet']) {
      const { ask, traces } = await world(experimentBody(), (line) => ({ [line]: [arm, NOW, 0.5] }));
      expect((await ask()).variant).toBe(arm);
      expect((traces[0]!.body as AssignmentTrace).variant).toBe(arm);
    }
  });
});

describe('the trace of an assignment', () => {
  const explained = async ({ traces, experiments, engine }: Awaited<ReturnType<typeof world>>) => {
    const compiledAt = async (version: number) => {
      const set = await experiments.loadAt(version);
      return set && compileExperiments(set, engine);
    };
    const bodies = traces as Decision<AssignmentTrace>[];
    return Promise.all(
      bodies.map(async (trace) => explainAssignment(trace, await compiledAt(trace.body.setVersion))),
    );
  };

  it('tells the same again after the experiment has changed, by the version of then', async () => {
    const it = await world(experimentBody({ condition: { '==': [{ var: 'device' }, 'mobile'] } }));
    const answers = [await it.ask({ device: 'desktop' }), await it.ask({ device: 'mobile' })];
    const over = experimentBody({ coverage: 0, status: 'completed' });
    await replaceExperiment({ experiments: it.experiments }, 'one', over, by);
    const explanations = await explained(it);
    expect(explanations).toHaveLength(2);
    for (const [at, { key, variant, inExperiment, reason }] of answers.entries()) {
      expect(explanations[at]).toMatchObject({
        kind: 'assignment',
        experiments: [{ key, variant, inExperiment, reason }],
        reproduced: true,
        notes: [],
      });
    }
  });

  it('says what it cannot tell any more', async () => {
    const it = await world(experimentBody());
    const { variant } = await it.ask();
    const [trace] = it.traces as [Decision<AssignmentTrace>];
    const set = await it.ports.experimentSet();
    for (const explanation of [
      explainAssignment(trace, undefined),
      explainAssignment({ ...trace, body: { ...trace.body, values: null } }, set),
    ]) {
      expect(explanation).toMatchObject({ reproduced: false, experiments: [{ variant }] });
      expect(explanation.notes).toEqual([explanation.experiments[0]?.reason]);
    }
  });

  it('is told apart from others', () => {
    for (const body of [null, undefined, {}, { context: 'workflow-optimizations' }, 'x']) {
      expect(isAssignmentTrace(body)).toBe(false);
    }
  });
});
