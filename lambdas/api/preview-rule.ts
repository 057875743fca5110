import { previewRule } from '../../contracts/rules/preview.ts';
import { previewAnswer } from '../../core/rules/preview/preview-answer.ts';
import { previewRule as preview } from '../../core/rules/preview/preview-rule.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { previewing } from '../runtime/ports/preview-ports.ts';

export const handler = endpoint(previewRule, async ({ body, now }) => ({
  status: 200,
  body: previewAnswer(await preview(previewing(), { ...body, now })),
}));
