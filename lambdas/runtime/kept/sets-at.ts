import { conditionEngine } from '../../../adapters/conditions/condition-engine.ts';
import { compileExperiments } from '../../../core/experiments/assignment/compile-experiments.ts';
import { compileRules } from '../../../core/rules/evaluate/compile-rules.ts';
import type { SetsAt } from '../../../core/rules/performance/judge-decisions.ts';
import { lazily } from '../lazily.ts';
import { experimentDefinitions, ruleDefinitions } from '../ports/table-ports.ts';

/** Compiled sets that a process keeps, of each kind. */
const VERSIONS_KEPT = 50;

const engine = lazily(conditionEngine);

/** Loads each version once while it is remembered; a failed load is forgotten, so that the next one tries again. */
const remembered = <Set>(load: (version: number) => Promise<Set>): ((version: number) => Promise<Set>) => {
  const kept = new Map<number, Promise<Set>>();
  return (version) => {
    const known = kept.get(version);
    if (known) return known;
    const loading = load(version);
    loading.catch(() => kept.delete(version));
    if (kept.size >= VERSIONS_KEPT) kept.delete(kept.keys().next().value ?? version);
    kept.set(version, loading);
    return loading;
  };
};

/** The rules as they were; undefined where that version was never, or is no longer known. */
export const rulesAt = remembered(async (version) => {
  const set = await ruleDefinitions().loadAt(version);
  return set && compileRules(set, engine());
});

/** The experiments as they were; undefined likewise. */
export const experimentsAt = remembered(async (version) => {
  const set = await experimentDefinitions().loadAt(version);
  return set && compileExperiments(set, engine());
});

/** Rules and experiments as they were at earlier versions: what runs old decisions again. */
export const setsAt: SetsAt = async (versions) => {
  const [rules, experiments] = await Promise.all([
    rulesAt(versions.rules),
    experimentsAt(versions.experiments),
  ]);
  return rules && experiments && { rules, experiments };
};
