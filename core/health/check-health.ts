export type Check = { status: 'ok' | 'degraded' | 'down'; detail?: string };

export type HealthPorts = {
  /** The model in service, undefined before the first training. Throws when the table does not answer. */
  readonly model: () => Promise<unknown>;
  /** Throws when the queue does not answer. */
  readonly queue: () => Promise<void>;
};

const tried = async <T>(work: () => Promise<T>): Promise<{ value?: T; check: Check }> => {
  try {
    return { value: await work(), check: { status: 'ok' } };
  } catch (error) {
    return { check: { status: 'down', detail: (error as Error).name } };
  }
};

const modelsCheck = (table: Check, model: unknown): Check => {
  if (table.status === 'down') return { status: 'down', detail: 'The table does not answer' };
  return model
    ? { status: 'ok' }
    : { status: 'degraded', detail: 'No model is in service yet: answers come from popularity and content' };
};

/** Asks everything that the engine stands on; `down` where the table or the queue is. */
export const checkHealth = async (ports: HealthPorts) => {
  const [table, queue] = await Promise.all([tried(ports.model), tried(ports.queue)]);
  const checks = { table: table.check, queue: queue.check, models: modelsCheck(table.check, table.value) };
  const down = [checks.table, checks.queue].some(({ status }) => status === 'down');
  const degraded = checks.models.status !== 'ok';
  return { status: down ? 'down' : degraded ? 'degraded' : 'ok', checks } as const;
};
