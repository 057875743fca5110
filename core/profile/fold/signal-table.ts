/**
 * Strength of implicit feedback by interaction type, in units of one view. The order follows what the field agrees on
 * (an action that costs the user more says more: Oard & Kim 1998, Hu, Koren & Volinsky 2008); negative is dislike,
 * 0 says nothing by itself. Rating-like types carry little until their rating or sentiment speaks.
 */
const STRENGTHS: readonly (readonly [strength: number, types: string])[] = [
  [0, 'impression exposure shown session_start session_end logout fail failed'],
  [0.5, 'page_view search scroll hover login'],
  [1, 'view viewed open preview feature_use feature_used use navigate'],
  [1.5, 'click clicked play listen start started select try'],
  [2, 'watch read edit comment answer reply generate recommendation_feedback'],
  [2.5, 'rate rating review feedback survey'],
  [3, 'like liked upvote follow export create download contact inquiry'],
  [3.5, 'save saved bookmark bookmarked favorite favourite add_to_cart wishlist publish'],
  [4, 'share shared recommend enroll enrolled register sign_up book schedule'],
  [4.5, 'apply applied submit checkout consultation_booked'],
  [
    5,
    'complete completed finish finished purchase purchased order subscribe renew donate convert converted conversion',
  ],
  [-0.5, 'bounce close'],
  [-1, 'skip skipped abandon abandoned remove remove_from_cart'],
  [-2, 'unlike unsave unfollow refund return'],
  [-3, 'dismiss dismissed hide hidden unsubscribe cancel'],
  [-4, 'dislike disliked not_interested downvote'],
  [-5, 'report block'],
];

const strengthByType: ReadonlyMap<string, number> = new Map(
  STRENGTHS.flatMap(([strength, types]) => types.split(' ').map((type) => [type, strength] as const)),
);

/** An unknown type is something that the user did: as much as a view. */
export const DEFAULT_STRENGTH = 1;

/** The strength of a type without its circumstances; `DEFAULT_STRENGTH` for a type that is not in the table. */
export const strengthOf = (type: string): number => strengthByType.get(type) ?? DEFAULT_STRENGTH;

/** True for the types that the table names. */
export const isKnownType = (type: string): boolean => strengthByType.has(type);

/** Types whose `value` is money that the user brought. */
export const REVENUE_TYPES: ReadonlySet<string> = new Set([
  'purchase',
  'purchased',
  'order',
  'subscribe',
  'renew',
  'donate',
  'book',
]);

/** A completion rate from which content counts as finished. */
export const COMPLETED_FROM = 0.95;

const FINISHING = ['complete', 'completed', 'finish', 'finished'] as const;

const FINISHES: ReadonlySet<string> = new Set(FINISHING);

/** True for the types that say that a content is finished; a purchase is none, nor is a rate of completion. */
export const isFinish = ({ type }: { type: string }): boolean => FINISHES.has(type);

const COMPLETING: ReadonlySet<string> = new Set([
  ...FINISHING,
  'purchase',
  'purchased',
  'convert',
  'converted',
  'conversion',
]);

/** True where the user has finished with the content: done, bought, or at least 95 % of it. */
export const isCompletion = (interaction: { type: string; completionRate?: number }): boolean =>
  COMPLETING.has(interaction.type) || (interaction.completionRate ?? 0) >= COMPLETED_FROM;

const DISMISSING = new Set([
  'dismiss',
  'dismissed',
  'hide',
  'hidden',
  'dislike',
  'disliked',
  'not_interested',
  'downvote',
  'report',
  'block',
]);

/** True where the user does not want to see the content again. */
export const isDismissal = (interaction: { type: string }): boolean => DISMISSING.has(interaction.type);
