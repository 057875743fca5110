import type { StepName } from '../../contracts/nights.ts';
import { handlerFile } from '../../contracts/registry.ts';

/** Handlers are known to CDK by file path only: `lambdas/<entry>.ts`, bundled into `dist/<entry>/`. */
export const apiEntry = (operationId: string): string => `api/${handlerFile(operationId)}`;
export const workerEntry = (queue: string): string => `workers/${queue}`;
export const jobEntry = (step: StepName): string => `jobs/${step}`;
