import { isObject } from '../is-object.ts';
import type { ConfigAnswer } from './config-answer.ts';
import { reasonsBySlot } from './reasons-by-slot.ts';
import type { Layout, ValueReason } from './types.ts';

export const DENSITIES = ['comfortable', 'normal', 'compact'] as const;

export type Density = (typeof DENSITIES)[number];

/** How close things stand in a layout. */
const DENSITY_OF: Readonly<Record<Layout, Density>> = {
  compact: 'compact',
  comfortable: 'normal',
  spacious: 'comfortable',
};

/** A rule or an arm may set the density by itself. */
const DENSITY_SLOT = 'settings.density';

type Reasons = Readonly<Record<string, Omit<ValueReason, 'path'>>>;

const densityOf = ({ config }: ConfigAnswer, reasons: Reasons) => {
  const { [DENSITY_SLOT]: ordered, layout } = reasons;
  const value = DENSITIES.find((density) => density === config.settings.density);
  if (value !== undefined && ordered) return { value, reason: ordered };
  const because = layout && { ...layout, reason: `Follows the layout "${config.layout}": ${layout.reason}` };
  return { value: DENSITY_OF[config.layout], reason: because };
};

/**
 * The look of an application for a user, from the config decided for the place that asks: stated preferences, behaviour, rules and
 * experiments decide as they do there. Density is `settings.density` where a rule or an arm sets it to a density, else it follows the layout.
 */
export const uiSettings = (answer: ConfigAnswer) => {
  const { config, decisionId, source, reason } = answer;
  const reasons = reasonsBySlot(answer.reasons);
  const density = densityOf(answer, reasons);
  const bySetting = {
    theme: reasons.theme,
    layout: reasons.layout,
    density: density.reason,
    shortcuts: reasons.shortcuts,
    hiddenFeatures: reasons['features.hidden'],
  };
  return {
    settings: {
      theme: config.theme,
      layout: config.layout,
      density: density.value,
      shortcuts: config.shortcuts,
      hiddenFeatures: config.features.hidden,
    },
    reasons: Object.fromEntries(
      Object.entries(bySetting).flatMap(([name, because]) => (because ? [[name, because] as const] : [])),
    ),
    ...(reason !== undefined && { reason }),
    decisionId,
    generatedAt: new Date(answer.generatedAt).toISOString(),
    source,
  };
};

/** Where settings are asked for without saying so. */
const ANYWHERE = 'ui-settings';
const LONGEST_NAME = 100;

export type UiContext = {
  readonly context: string;
  readonly device: string | undefined;
  readonly locale: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
};

const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== ''
    ? [...value.trim()].slice(0, LONGEST_NAME).join('')
    : undefined;

/** `mobile`, or an object that names its `type`. */
const deviceIn = (device: unknown): string | undefined =>
  textIn(isObject(device) ? device.type : device)?.toLowerCase();

/**
 * A context as the config knows it: a word is the place; of an object `context`, `page` or `name` is, `device` the device, and everything
 * else is what the application knows at this moment.
 */
export const uiContext = (context: string | Readonly<Record<string, unknown>> | undefined): UiContext => {
  const nothing = { device: undefined, locale: undefined, attributes: {} };
  if (context === undefined) return { context: ANYWHERE, ...nothing };
  if (typeof context === 'string') return { context, ...nothing };
  const { context: named, page, name, device, locale, ...attributes } = context;
  const place = textIn(named) ?? textIn(page) ?? textIn(name) ?? ANYWHERE;
  return { context: place, device: deviceIn(device), locale: textIn(locale), attributes };
};
