import { loadFeatures } from '../../../core/config/features/load-features.ts';
import { revalidated } from '../lazily.ts';
import { catalog } from '../ports/table-ports.ts';

/** Declarations change with a release of the application. */
const TTL_MS = 60_000;

const kept = revalidated(
  () => loadFeatures(catalog(), Date.now()),
  () => TTL_MS,
);

/** What the application declares of its features, kept in the process. */
export const features = () => kept(Date.now());
