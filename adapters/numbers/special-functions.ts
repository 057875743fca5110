import { gammaln } from 'simple-statistics';
import type { SpecialFunctions } from '../../core/learn/users/lifetime/special-functions.ts';

/** By simple-statistics (Lanczos' approximation, 15 terms; docs/adr/0010-numeric-libraries.md). */
export const specialFunctions: SpecialFunctions = { gammaln };
