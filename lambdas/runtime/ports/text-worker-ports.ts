import type { RequestPorts } from '../../../core/insights/generate/handle-request.ts';
import { domainNames, loadDomain } from '../kept/domains.ts';
import { sharedData } from '../kept/shared-data.ts';
import { userModels } from '../kept/user-models.ts';
import { lazily } from '../lazily.ts';
import { newUlid } from '../new-ulid.ts';
import { journal, texts, updates, users } from './table-ports.ts';
import { writing } from './writing-ports.ts';

/** What the worker of the insights queue needs. */
export const writingTexts = lazily(
  (): RequestPorts => ({
    users: users(),
    journal: journal(),
    shared: sharedData,
    userModels,
    domain: (name) => (domainNames().includes(name) ? loadDomain(name) : undefined),
    texts: texts(),
    updates: updates(),
    writing: writing(),
    newId: newUlid,
  }),
);
