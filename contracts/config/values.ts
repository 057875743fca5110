import * as z from 'zod';

export const theme = z.enum(['light', 'dark', 'simplified']);
export const layout = z.enum(['compact', 'comfortable', 'spacious']);
export const difficulty = z.enum(['beginner', 'intermediate', 'advanced']);
