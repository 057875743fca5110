import { precompute } from '../../core/nights/steps/precompute.ts';
import type { NightHomepages } from '../../core/nights/steps/precompute-homepages.ts';
import { environment } from '../runtime/environment.ts';
import { loadDomain } from '../runtime/kept/domains.ts';
import { nightStep } from '../runtime/night-step.ts';
import { freshSharedData } from '../runtime/ports/serving-ports.ts';
import { homepageStoreOfTable } from '../runtime/ports/table-ports.ts';

/** The product of this installation, where it has a homepage of its own. */
const homepages = (): NightHomepages | undefined => {
  const domain = loadDomain(environment().ATTUNE_DOMAIN);
  return domain.homepage ? { domain, pages: homepageStoreOfTable() } : undefined;
};

export const handler = nightStep(async (ports, step) =>
  precompute(ports, await freshSharedData(), step, homepages()),
);
