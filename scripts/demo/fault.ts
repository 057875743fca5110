/** Something did not answer as it should; its message is for the person who ran the walk-through. */
export class DemoFault extends Error {}

/** @throws DemoFault with `what` where `condition` does not hold. */
export function expect(condition: unknown, what: string): asserts condition {
  if (!condition) throw new DemoFault(what);
}
