import { userRow } from '../../../../core/learn/users/training-row.ts';
import type { UserRow } from '../../../../core/learn/users/types.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import { emptyBehaviour } from '../../../../core/profile/behaviour.ts';
import { DAY_MS } from '../../../../core/profile/fold/decay.ts';
import { foldInteractions } from '../../../../core/profile/fold/fold-interactions.ts';
import type { CountedInteraction } from '../../../../core/profile/types.ts';

export const NOW = Date.UTC(2026, 10, 20, 12);
export const HORIZON_DAYS = 30;
const SPAN_DAYS = 240;

type Random = () => number;

const exponential = (random: Random, mean: number): number => -Math.log(1 - random()) * mean;

/** Sessions at the user's own rate until the user leaves; some pay, mobile users come in the evening. */
const lifeOf = (n: number, random: Random): CountedInteraction[] => {
  const gapDays = 1 + exponential(random, 8);
  const leaves = exponential(random, 25 * gapDays);
  const mobile = random() < 0.5;
  const payer = random() < 0.4;
  const price = 10 + exponential(random, 30);
  const begins = NOW - SPAN_DAYS * DAY_MS * random();
  const life: CountedInteraction[] = [];
  for (let day = 0, session = 0; day <= leaves; day += exponential(random, gapDays), session++) {
    const start = begins + Math.floor(day) * DAY_MS + (mobile ? 19 : 9) * 3_600_000;
    if (start > NOW) break;
    const events = 1 + Math.floor(random() * 6);
    for (let e = 0; e < events; e++) {
      const buys = payer && e === events - 1 && random() < 0.3;
      life.push({
        interactionId: `${n}-${session}-${e}`,
        userId: `u${n}`,
        type: buys ? 'purchase' : e % 2 === 0 ? 'view' : 'click',
        contentId: `c${Math.floor(random() * 50)}`,
        contentType: random() < 0.7 ? 'video' : 'article',
        ...(buys && { value: price * (0.5 + random()) }),
        sessionId: `s${n}-${session}`,
        device: mobile ? 'mobile' : 'desktop',
        occurredAt: start + e * 60_000,
        receivedAt: start + e * 60_000,
        firstOfSession: e === 0,
      });
    }
  }
  return life.filter(({ occurredAt }) => occurredAt <= NOW);
};

/** Users of a made-up tenant as the export writes them; the same under the same seed. */
export const population = (users: number, seed: number): UserRow[] => {
  const random = seededRandom(seed);
  return Array.from({ length: users }, (_, n) => lifeOf(n, random))
    .filter((interactions) => interactions.length > 0)
    .map((interactions) =>
      userRow(
        { behaviour: foldInteractions(emptyBehaviour(), interactions), interactions },
        { now: NOW, horizonMs: HORIZON_DAYS * DAY_MS },
      ),
    );
};
