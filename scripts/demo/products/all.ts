import { film } from './film.ts';
import { learning } from './learning.ts';
import type { Product } from './product.ts';
import { realEstate } from './real-estate.ts';
import { saas } from './saas.ts';
import { video } from './video.ts';

export const products: readonly Product[] = [learning, video, film, realEstate, saas];
