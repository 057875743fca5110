import { sentimentOfText } from '../../../adapters/sentiment.ts';
import type { FoldPorts } from '../../../core/tracking/fold-batch.ts';
import type { TrackOnePorts } from '../../../core/tracking/track-one.ts';
import { lazily } from '../lazily.ts';
import { activity, recording } from './table-ports.ts';

/** What tracking needs where interactions may carry words: their sentiment is scored. */
export const tracking = lazily((): TrackOnePorts => ({ ...recording(), sentimentOf: sentimentOfText }));

/** What the worker of the interactions queue needs. */
export const folding = lazily((): FoldPorts => ({ ...tracking(), activity: activity() }));
