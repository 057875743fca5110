import { endpoints } from '../../../contracts/registry.ts';
import { endpointGrants } from '../../../lib/config/endpoint-grants.ts';
import type { SynthesisInput } from './synthesize.ts';

/** What is synthesized for the tests of one subject, by name: what must work, and what must be refused. */
export type ScenarioSet = {
  readonly scenarios: Readonly<Record<string, SynthesisInput>>;
  readonly refusals: Readonly<Record<string, SynthesisInput>>;
};

/** The real endpoints with their grants, deployed with these choices. */
export const chosen = (context: Readonly<Record<string, string>> = {}): SynthesisInput => ({
  endpoints,
  grants: endpointGrants,
  context,
});
