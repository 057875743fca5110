import { type FieldError, Invalid } from '../../../errors.ts';
import type { Module } from '../../types.ts';

/** Longer cycles are told by their beginning and their end. */
const SHOWN_IN_CYCLE = 12;

const doubledIds = (modules: readonly Module[]): FieldError[] => {
  const first = new Map<string, number>();
  return modules.flatMap(({ id }, at) => {
    const known = first.get(id);
    if (known === undefined) first.set(id, at);
    return known === undefined
      ? []
      : [{ path: `modules.${at}.id`, message: `"${id}" is the id of modules.${known} already` }];
  });
};

const prerequisiteFault = (id: string, prerequisite: string, known: ReadonlySet<string>) => {
  if (prerequisite === id) return `"${id}" cannot come before itself`;
  return known.has(prerequisite) ? undefined : `"${prerequisite}" is not a module of this path`;
};

const prerequisiteFaults = (modules: readonly Module[]): FieldError[] => {
  const known = new Set(modules.map(({ id }) => id));
  return modules.flatMap(({ id, prerequisites }, at) =>
    prerequisites.flatMap((prerequisite, nth) => {
      const message = prerequisiteFault(id, prerequisite, known);
      return message === undefined ? [] : [{ path: `modules.${at}.prerequisites.${nth}`, message }];
    }),
  );
};

/** The first cycle that is met from a module, as ids from one to itself. Walks without recursion: chains may be long. */
const cycleFrom = (
  start: string,
  needs: ReadonlyMap<string, readonly string[]>,
  settled: Set<string>,
): string[] | undefined => {
  const trail: { id: string; next: number }[] = [{ id: start, next: 0 }];
  const onTrail = new Set([start]);
  while (trail.length > 0) {
    const top = trail.at(-1)!;
    const next = needs.get(top.id)?.[top.next];
    top.next += 1;
    if (next === undefined) {
      trail.pop();
      onTrail.delete(top.id);
      settled.add(top.id);
    } else if (onTrail.has(next)) {
      const ids = trail.map(({ id }) => id);
      return [...ids.slice(ids.indexOf(next)), next];
    } else if (!settled.has(next)) {
      trail.push({ id: next, next: 0 });
      onTrail.add(next);
    }
  }
  return undefined;
};

const cycleText = (cycle: readonly string[]): string => {
  const shown =
    cycle.length <= SHOWN_IN_CYCLE ? cycle : [...cycle.slice(0, SHOWN_IN_CYCLE - 2), '...', cycle.at(-1)];
  return `${shown.join(' -> ')} is a cycle`;
};

const cycleFaults = (modules: readonly Module[]): FieldError[] => {
  const needs = new Map(modules.map(({ id, prerequisites }) => [id, prerequisites]));
  const settled = new Set<string>();
  for (const { id } of modules) {
    const cycle = settled.has(id) ? undefined : cycleFrom(id, needs, settled);
    if (cycle === undefined) continue;
    const at = modules.findIndex((module) => module.id === cycle[0]);
    return [{ path: `modules.${at}.prerequisites`, message: cycleText(cycle) }];
  }
  return [];
};

/** Every doubled id, unknown or own prerequisite; where there is none of these, the first cycle. */
export const pathFaults = (modules: readonly Module[]): FieldError[] => {
  const faults = [...doubledIds(modules), ...prerequisiteFaults(modules)];
  return faults.length > 0 ? faults : cycleFaults(modules);
};

/** @throws Invalid naming the fields of modules that cannot be put in an order */
export const checkModules = (modules: readonly Module[]): void => {
  const faults = pathFaults(modules);
  if (faults.length > 0) throw new Invalid(faults);
};
