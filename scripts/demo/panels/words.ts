import type { Cell } from '../print/table.ts';

/** "0.7312" as ".73". */
export const share = (value: number): string => value.toFixed(2).replace(/^0/, '');

/** With a space that no line is broken at. */
export const percent = (value: number): string => `${Math.round(value * 100)}\u00A0%`;

/** "power_user" as "power user". */
export const plain = (name: string): string => name.replaceAll('_', ' ');

/** How a place in a list differs from the one before: new, up, down or nothing. */
export const moved = (name: string, place: number, before: readonly string[] | undefined): Cell => {
  if (before === undefined) return '';
  const was = before.indexOf(name);
  if (was === -1) return ['new', 'good'];
  if (was === place) return '';
  return was > place ? [`▲ ${was - place}`, 'good'] : [`▼ ${place - was}`, 'quiet'];
};

/** A bar of ten for a share. */
export const bar = (value: number): string => {
  const full = Math.round(Math.max(0, Math.min(1, value)) * 10);
  return '█'.repeat(full) + '░'.repeat(10 - full);
};
