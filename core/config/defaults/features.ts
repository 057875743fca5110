import type { ConfigFacts } from '../inputs.ts';
import { DIFFICULTIES, type FeatureDefinition } from '../types.ts';
import { counted, type Slot, seen, usual } from './slot.ts';
import { CONFIG_THRESHOLDS as T } from './thresholds.ts';
import { type OpenTiers, openTiers, tierOf } from './tiers.ts';

export type FeatureSlots = {
  readonly visible: Slot<readonly string[]>;
  readonly hidden: Slot<readonly string[]>;
  readonly highlighted: Slot<readonly string[]>;
};

type Split = {
  readonly visible: readonly FeatureDefinition[];
  readonly hidden: readonly FeatureDefinition[];
};

const names = (features: readonly FeatureDefinition[]): readonly string[] =>
  features.map(({ feature }) => feature);

const split = (
  declared: readonly FeatureDefinition[],
  { features, stated }: ConfigFacts,
  open: OpenTiers,
): Split => {
  const [used, unwanted] = [new Set(features.map(([name]) => name)), new Set(stated.hiddenFeatures)];
  const isOpen = ({ level }: FeatureDefinition) => level === undefined || tierOf(level) <= open.upTo;
  const shows = (one: FeatureDefinition) =>
    !unwanted.has(one.feature) && (isOpen(one) || used.has(one.feature));
  return { visible: declared.filter(shows), hidden: declared.filter((one) => !shows(one)) };
};

const HIGHEST = DIFFICULTIES.length;

/** The next features to learn: not yet adopted, of the easiest tier first. */
const nextOnes = (visible: readonly FeatureDefinition[], { features }: ConfigFacts): readonly string[] => {
  const adopted = new Set(features.filter(([, count]) => count >= T.adoptedUses).map(([name]) => name));
  const tier = ({ level }: FeatureDefinition) => (level === undefined ? HIGHEST : tierOf(level));
  return visible
    .filter(({ feature }) => !adopted.has(feature))
    .sort((a, b) => tier(a) - tier(b))
    .slice(0, T.highlights)
    .map(({ feature }) => feature);
};

const hiddenReason = (hidden: readonly FeatureDefinition[], unwanted: number): string => {
  if (hidden.length === 0) return 'Nothing is held back';
  const held = hidden.length - unwanted;
  return [
    ...(held > 0
      ? [`${counted(held, 'feature')} held back: never used, and for a higher level than is open now`]
      : []),
    ...(unwanted > 0 ? [`${counted(unwanted, 'feature')} hidden on the user's wish`] : []),
  ].join('; ');
};

const disclosed = (declared: readonly FeatureDefinition[], facts: ConfigFacts): FeatureSlots => {
  const open = openTiers(declared, facts.skill, facts.adopted);
  const { visible, hidden } = split(declared, facts, open);
  const slot = facts.interactions === 0 ? usual : seen;
  const unwanted = new Set(facts.stated.hiddenFeatures);
  const next = nextOnes(visible, facts);
  return {
    visible: slot(names(visible), `${open.reason}, and every feature that was used`),
    hidden: slot(
      names(hidden),
      hiddenReason(hidden, hidden.filter(({ feature }) => unwanted.has(feature)).length),
    ),
    highlighted: slot(
      next,
      next.length > 0
        ? `The next ones to learn: open and used less than ${T.adoptedUses} times`
        : 'Every feature that is open is in use',
    ),
  };
};

/** Without declarations nothing is known to exist but what was used. */
const undeclared = ({ features, stated }: ConfigFacts): FeatureSlots => {
  const unwanted = stated.hiddenFeatures ?? [];
  const used = features.map(([name]) => name).filter((name) => !unwanted.includes(name));
  const none = 'The application declares no features';
  return {
    visible:
      used.length > 0
        ? seen(used, `${none}: those that were used, the most used first`)
        : usual([], `${none}, and none was used yet`),
    hidden:
      unwanted.length > 0
        ? { value: unwanted, source: 'stated', reason: 'The user does not want to see them' }
        : usual([], none),
    highlighted: usual([], none),
  };
};

/** Progressive disclosure: which features are shown, held back and pointed out, by skill and by what is in use. */
export const defaultFeatures = (declared: readonly FeatureDefinition[], facts: ConfigFacts): FeatureSlots =>
  declared.length > 0 ? disclosed(declared, facts) : undeclared(facts);
