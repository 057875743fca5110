import { circuit } from '../../../adapters/bedrock/circuit.ts';
import { bedrockClient } from '../../../adapters/bedrock/client.ts';
import { textWriter } from '../../../adapters/bedrock/text-writer.ts';
import type { WritingPorts } from '../../../core/insights/generate/write-text.ts';
import type { SuggestPorts } from '../../../core/insights/serve/suggest.ts';
import { bedrockModel, environment, insightBudgets, insightTtlMs } from '../environment.ts';
import { marketSoon } from '../kept/market-soon.ts';
import { lazily } from '../lazily.ts';
import { logger, metrics } from '../telemetry.ts';
import { textEvents } from '../text-events.ts';
import { budgets } from './table-ports.ts';
import { servingTexts } from './text-ports.ts';

/** One circuit for the process: a model that fails for one user fails for all. */
const guarded = lazily(() =>
  circuit({
    onChange: (state) => {
      logger.warn('circuit to the model changed', { state });
      if (state === 'open') metrics.addMetric('CircuitOpened', 'Count', 1);
    },
  }),
);

/** What writing by a model needs; undefined where no model is set up. */
export const writing = lazily((): WritingPorts | undefined => {
  const model = bedrockModel();
  if (model === undefined) return undefined;
  const output = environment().ATTUNE_BEDROCK_OUTPUT;
  const client = bedrockClient();
  return {
    writer: textWriter({ client, model, output, circuit: guarded() }),
    budgets: budgets(),
    limits: insightBudgets(),
    ttlMs: insightTtlMs(),
    clock: Date.now,
    events: textEvents,
  };
});

/** What suggestions need. */
export const suggesting = lazily(
  (): SuggestPorts => ({ ...servingTexts(), writing: writing(), market: marketSoon }),
);
