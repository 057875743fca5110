import { type Behaviour, emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import type { Interaction } from '../../../core/profile/types.ts';
import { interaction } from '../../support/interactions.ts';

/** Counts interactions into a behaviour; ids and sessions do not matter here. */
export const counting = (
  behaviour: Behaviour,
  ...done: (Partial<Interaction> & { occurredAt: number })[]
): Behaviour =>
  foldInteractions(
    behaviour,
    done.map((one) => ({
      ...interaction({ interactionId: '-', receivedAt: one.occurredAt, ...one }),
      firstOfSession: false,
    })),
  );

export const behaviourOf = (...done: Parameters<typeof counting> extends [unknown, ...infer D] ? D : never) =>
  counting(emptyBehaviour(), ...done);
