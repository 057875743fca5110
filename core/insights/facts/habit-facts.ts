import { deviceShares } from '../../profile/fold/tallies.ts';
import { offsetMinutes } from '../../time/local-time.ts';
import { draft, type FactDraft } from './draft.ts';
import { type KnownToFacts, zoneOf } from './known.ts';
import { cleaned, percentOf } from './words.ts';

const FEWEST_BY_HOUR = 10;
const FEWEST_BY_DEVICE = 5;

/** The hour of the user's clock at which most is done, from ten interactions on; hours are kept in UTC and moved by today's offset. */
export const hourFacts = ({ behaviour, profile, now }: KnownToFacts): FactDraft[] => {
  const total = behaviour.hours.reduce((sum, count) => sum + count, 0);
  if (total < FEWEST_BY_HOUR) return [];
  const most = Math.max(...behaviour.hours);
  const middle = 60 * behaviour.hours.indexOf(most) + 30 + offsetMinutes(zoneOf(profile), now);
  const hour = ((Math.floor(middle / 60) % 24) + 24) % 24;
  const percent = percentOf(most / total);
  return [
    draft('hour', `Most is done around ${hour} o'clock (${percent} %)`, { numbers: { hour, percent } }),
  ];
};

/** The device that is used most, from five interactions on. */
export const deviceFacts = ({ behaviour }: KnownToFacts): FactDraft[] => {
  const shares = deviceShares(behaviour);
  const [most] = shares;
  const device = cleaned(most?.device ?? '');
  if (!most || device === '' || shares.reduce((sum, { count }) => sum + count, 0) < FEWEST_BY_DEVICE)
    return [];
  const percent = percentOf(most.share);
  return [draft('device', `Mostly on ${device} (${percent} %)`, { names: { device }, numbers: { percent } })];
};
