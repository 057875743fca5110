import { allModels } from '../../core/learn/models/all.ts';
import type { Model, ParameterDoc } from '../../core/learn/models/model.ts';
import { BadInput } from './bad-input.ts';

/** A model whose parameters are looked at by name. */
export type NamedModel = Model<Record<string, unknown>>;

/** The model of that name; throws `BadInput`. */
export function modelNamed(name: string): NamedModel {
  const model = allModels.find((known) => known.name === name);
  if (model !== undefined) return model as NamedModel;
  throw new BadInput(
    `--model ${name} is unknown; there are ${allModels.map((known) => known.name).join(', ')}`,
  );
}

/** Refuses parameters that the model does not have, or that are out of range. */
export function checkParams(model: NamedModel, params: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(params)) {
    const doc = model.parameters[name];
    if (doc === undefined) {
      const known = Object.keys(model.parameters).join(', ') || 'none';
      throw new BadInput(`--params: ${model.name} has no parameter ${JSON.stringify(name)}; it has ${known}`);
    }
    const fault = faultOf(value, doc, model.defaults[name]);
    if (fault !== undefined) throw new BadInput(`--params: ${name} ${fault} (${doc.meaning})`);
  }
}

function faultOf(value: unknown, { least, most, integer }: ParameterDoc, usual: unknown): string | undefined {
  if (typeof usual !== 'number') {
    const isSame = typeof value === typeof usual && Array.isArray(value) === Array.isArray(usual);
    return isSame ? undefined : `must be like ${JSON.stringify(usual)}`;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
  if (integer && !Number.isInteger(value)) return 'must be a whole number';
  if (least !== undefined && value < least) return `must be at least ${least}`;
  if (most !== undefined && value > most) return `must be at most ${most}`;
  return undefined;
}
