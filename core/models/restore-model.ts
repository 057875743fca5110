import { Conflict, NotFound } from '../errors.ts';
import type { ModelInService, ModelStore } from '../recommend/ports.ts';
import type { ModelRegistry } from './ports.ts';
import { putRankings } from './put-rankings.ts';

export type RestorePorts = { readonly models: ModelStore; readonly registry: ModelRegistry };

export type Restored = {
  readonly version: number;
  /** The version that was in service until now. */
  readonly instead: number;
  /** False where it was in service already. */
  readonly changed: boolean;
};

/** Cards that are looked through for a version that is not kept. */
const CARDS_SEARCHED = 200;

const refuse = async ({ registry }: RestorePorts, version: number, now: number): Promise<never> => {
  const { cards } = await registry.cards({ limit: CARDS_SEARCHED, now });
  const card = cards.find((one) => one.version === version);
  if (!card) throw new NotFound(`There is no model of version ${version}`);
  throw new Conflict(
    card.decision === 'promoted'
      ? `Version ${version} is no longer kept: newer models took its place`
      : `Version ${version} was never in service: ${card.reason}`,
  );
};

const seenInService = async ({ models }: RestorePorts): Promise<ModelInService> => {
  const model = await models.getModel();
  if (!model) throw new Conflict('No model is in service');
  return model;
};

/**
 * Puts a kept version back in service: its rankings and user models, then the pointer. Its neighbour lists are still in
 * their slot. A repeat changes nothing.
 *
 * @throws NotFound for a version that never was
 * @throws Conflict for one that is no longer kept, or where another model was put in service meanwhile
 */
export const restoreModel = async (ports: RestorePorts, version: number, now: number): Promise<Restored> => {
  const { models, registry } = ports;
  const { version: instead } = await seenInService(ports);
  if (instead === version) return { version, instead, changed: false };
  const kept = await registry.getKept(version);
  if (!kept) return refuse(ports, version, now);
  if (kept.userModels) await models.putUserModels(kept.userModels);
  const rankings = Object.fromEntries(
    Object.entries(kept.rankings).map(([name, { items }]) => [name, items]),
  );
  await putRankings(models, rankings, now);
  const model = { ...kept.model, notes: { ...kept.model.notes, restoredAt: now } };
  if (!(await registry.restore(model, instead)))
    throw new Conflict('Another model was put in service meanwhile');
  return { version, instead, changed: true };
};
