import { reasonsBySlot } from '../../config/reasons-by-slot.ts';
import type { Preview } from './preview-rule.ts';

/** A preview in the contract's words: reasons by slot. */
export const previewAnswer = ({ reasons, ...preview }: Preview) => ({
  ...preview,
  reasons: reasonsBySlot(reasons),
});
