import { sentimentOfText } from '../../adapters/sentiment.ts';
import type { TrackOnePorts } from '../../core/tracking/track-one.ts';
import { lazily } from './lazily.ts';
import { foldPorts } from './table-ports.ts';

/** What tracking needs where interactions may carry words: their sentiment is scored. */
export const tracking = lazily((): TrackOnePorts => ({ ...foldPorts(), sentimentOf: sentimentOfText }));
