import type { ConfigFacts } from '../inputs.ts';
import type { Theme } from '../types.ts';
import { confidenceIn, counted, percent, type Slot, seen, stated, usual } from './slot.ts';
import { CONFIG_THRESHOLDS as T } from './thresholds.ts';

const simplified = ({ segments, skill, interactions }: ConfigFacts): Slot<Theme> | undefined => {
  const fresh = confidenceIn(segments, 'new_user');
  if (fresh < T.surelyNew || skill !== 'beginner') return undefined;
  return interactions === 0
    ? usual('simplified', 'Nothing was seen of the user yet: everybody begins with the simple theme')
    : seen(
        'simplified',
        `New to the application (${percent(fresh)} sure, ${counted(interactions, 'interaction')}) and a beginner`,
      );
};

const dark = ({ nightPercent, interactions }: ConfigFacts): Slot<Theme> | undefined =>
  interactions >= T.nightInteractions && nightPercent >= T.nightPercent
    ? seen(
        'dark',
        `${nightPercent} % of ${interactions} interactions fell between ${T.nightFrom}:00 and 0${T.nightTo}:00 on the user's clock`,
      )
    : undefined;

/** What was stated, else simple for whoever is surely new, dark for whoever comes by night, else light. */
export const defaultTheme = (facts: ConfigFacts): Slot<Theme> =>
  (facts.stated.theme && stated(facts.stated.theme, `The theme "${facts.stated.theme}"`)) ??
  simplified(facts) ??
  dark(facts) ??
  usual('light', 'Neither new to the application nor mostly there by night: the usual theme');
