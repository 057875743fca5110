import { MOBILE_DEVICES } from '../../segments/segment-thresholds.ts';
import type { ConfigFacts } from '../inputs.ts';
import type { Layout } from '../types.ts';
import { confidenceIn, counted, percent, type Slot, seen, stated, usual } from './slot.ts';
import { CONFIG_THRESHOLDS as T } from './thresholds.ts';

const isMobile = (device: string): boolean => MOBILE_DEVICES.has(device.toLowerCase());

/** A small screen touched by fingers: nothing compact, and no room for spacious. The device that asks beats history. */
const forDevice = (facts: ConfigFacts, device: string | null): Slot<Layout> | undefined => {
  if (device !== null) {
    return isMobile(device)
      ? usual('comfortable', `Asked from a device of the kind "${device}": room for fingers`)
      : undefined;
  }
  const [usually = '', share = 0, interactions = 0] = facts.device ?? [];
  const isSure = share >= T.devicePercent && interactions >= T.deviceInteractions;
  return isSure && isMobile(usually)
    ? seen(
        'comfortable',
        `${share} % of ${interactions} interactions came from "${usually}": room for fingers`,
      )
    : undefined;
};

const bySegment = ({ segments, interactions }: ConfigFacts): Slot<Layout> | undefined => {
  const [power, fresh] = [confidenceIn(segments, 'power_user'), confidenceIn(segments, 'new_user')];
  if (power >= T.powerUser)
    return seen('compact', `A power user (${percent(power)} sure, ${counted(interactions, 'interaction')})`);
  if (fresh < T.surelyNew) return undefined;
  return interactions === 0
    ? usual('spacious', 'Nothing was seen of the user yet: everybody begins with few things at once')
    : seen('spacious', `New to the application (${percent(fresh)} sure): few things at once`);
};

/** What was stated, else by the device that asks (or is mostly used), else dense for power users, airy for new ones. */
export const defaultLayout = (facts: ConfigFacts, device: string | null): Slot<Layout> =>
  (facts.stated.layout && stated(facts.stated.layout, `The layout "${facts.stated.layout}"`)) ??
  forDevice(facts, device) ??
  bySegment(facts) ??
  usual('comfortable', 'Neither new to the application nor a power user: the usual layout');
