import { COMPLETED_FROM } from '../profile/fold/signal-table.ts';
import type { Interaction } from '../profile/types.ts';

/**
 * What counts as a conversion, by interaction type: the user did what the application is there for. Types that only prepare
 * it (`add_to_cart`, `checkout`, `start`) are none.
 */
export const CONVERSION_TYPES: ReadonlySet<string> = new Set(
  [
    'purchase purchased order book consultation_booked donate',
    'subscribe renew sign_up signup register enroll enrolled',
    'convert converted conversion',
    'complete completed finish finished',
    'apply applied submit contact inquiry',
  ].flatMap((types) => types.split(' ')),
);

type Conversion = Pick<Interaction, 'type' | 'completionRate' | 'value'>;

/** True for a converting type, and for content of which at least 95 % was consumed. */
export const isConversion = ({ type, completionRate }: Omit<Conversion, 'value'>): boolean =>
  CONVERSION_TYPES.has(type) || (completionRate ?? 0) >= COMPLETED_FROM;

/** What a conversion brought, in the application's own unit; 0 where it named no amount. */
export const conversionValue = ({ type, value }: Conversion): number =>
  CONVERSION_TYPES.has(type) ? Math.max(0, value ?? 0) : 0;
