import * as budgets from '../../adapters/dynamodb/access-patterns/insight-budget.ts';
import * as texts from '../../adapters/dynamodb/access-patterns/insight-text.ts';
import * as offers from '../../adapters/dynamodb/access-patterns/offers.ts';
import * as updates from '../../adapters/dynamodb/access-patterns/updates.ts';
import type { Offers } from '../../core/actions/types.ts';
import type { StoredText, TextSlot } from '../../core/insights/ports.ts';
import type { Update } from '../../core/updates/ports.ts';
import { NOW, USER } from './typical.ts';
import type { Use } from './uses.ts';

const DAY = '2026-11-21';
const HASH = '5f2c9e0b7a41d386';
const SLOT: TextSlot = { purpose: 'insights', domain: 'real-estate', place: '' };
const HOUR_MS = 3_600_000;

/** As a model writes them: a dozen claims on as many facts. */
const text: StoredText = {
  state: 'written',
  hash: HASH,
  answer: {
    behaviour: [
      {
        text: 'You open the market report more than anything else, 12 times so far, and mostly in the morning around 9.',
        facts: ['feature1', 'hour1'],
      },
      {
        text: 'This week brought 34 interactions after 21 in the week before, so your work with listings is picking up.',
        facts: ['activity1'],
      },
      {
        text: 'Videos go well with you: 18 of them were finished or liked, and only 2 were left.',
        facts: ['content1'],
      },
    ],
    predictions: [
      {
        text: 'With a visit yesterday and a steady week, you are unlikely to leave: the risk is put at 12 percent.',
        facts: ['churn1', 'activity1'],
      },
      {
        text: 'After a look at new leads you usually call one of them, in 31 percent of all cases.',
        facts: ['next1'],
      },
    ],
    advice: [
      {
        title: 'Finish the fifth listing',
        text: 'Three of five listings are published and six days are left. One listing every three days brings you there.',
        action: 'create-listing',
        facts: ['goal1'],
      },
      {
        title: 'Read up on Amsterdam-Noord',
        text: 'Four new reports about Amsterdam-Noord came out within 30 days, and it is the market you work in.',
        action: 'read-market-report',
        facts: ['focus1'],
      },
    ],
    priorityActions: [
      {
        title: 'Two listings to go',
        description: 'You published 3 of 5 listings and the goal is due in 6 days. Start the next one now.',
        action: 'create-listing',
        priority: 'high',
        facts: ['goal1'],
      },
      {
        title: 'Call back your newest lead',
        description: 'You do this after looking at leads in 31 percent of cases, and a lead is waiting.',
        action: 'call-lead',
        priority: 'medium',
        facts: ['next1'],
      },
      {
        title: 'Finish "Photos that sell"',
        description: 'You began this video 4 days ago. Its end is about the pictures of small flats.',
        action: 'watch-training',
        priority: 'low',
        facts: ['unfinished1'],
      },
    ],
    marketInsights: [
      {
        title: 'Noord moves',
        kind: 'trend',
        body: 'Of 12 items about Amsterdam-Noord, 4 are new in the last 30 days. It is worth a look this week.',
        facts: ['focus1'],
      },
      {
        title: 'What other agents read',
        kind: 'opportunity',
        body: 'The third quarter report of Amsterdam-Noord is number 2 among all readers, and it is in your market.',
        facts: ['trend1'],
      },
    ],
  },
  says: {
    feature1: 'Feature market-report: used 12 times, last 1 day ago',
    hour1: 'Most active around 9:00 (22 % of interactions)',
    activity1: '412 interactions; 34 in the last 7 days, 21 in the 7 days before',
    content1: 'Content type video: 18 successes, 2 failures (90 %)',
    churn1: 'Risk of leaving: 12 % (low), mostly because of recency',
    next1: 'After open-leads usually call-lead (31 %)',
    goal1: 'Goal "Publish five listings": 3 of 5, due on 2026-11-27, behind',
    focus1: 'Market Amsterdam-Noord: 12 items, 4 of them new in the last 30 days',
    unfinished1: 'Began "Photos that sell" (video) 4 days ago and did not finish it',
    trend1: 'Number 2 among all users: "Amsterdam-Noord, third quarter" (market_report)',
  },
  stated: '5d20f1aa',
  means: {
    feature1: '54e50624',
    hour1: 'e762d7e4',
    activity1: '215e6962',
    content1: '6174b2c3',
    churn1: '392a5b25',
    next1: '8ed1b458',
    goal1: '89fc8a2f',
    focus1: '0a44bf44',
    unfinished1: '13cbd6a9',
    trend1: 'df8c2f9c',
  },
  writtenAt: NOW,
  expiresAt: NOW + 24 * HOUR_MS,
  model: 'amazon.nova-micro-v1:0',
  tokens: { input: 1_483, output: 702 },
};

const typicalOffers: Offers = {
  version: 1,
  actions: Object.fromEntries(
    ['create-listing', 'call-lead', 'read-market-report', 'watch-training', 'plan-viewing'].map((name, n) => [
      name,
      {
        at: NOW - n * HOUR_MS,
        endedAt: NOW - n * HOUR_MS + 60_000,
        times: [0, 1, 2].map((day) => NOW - n * HOUR_MS - day * 24 * HOUR_MS),
        offered: 12 + n,
        taken: 3,
        doneBefore: 7,
      },
    ]),
  ),
};

const update: Update = {
  id: '01KAK3S0Z0V5W2X9Y4A6B1C3D4',
  kind: 'insights',
  at: NOW,
  about: 'real-estate',
  title: 'New insights were written',
};

const wanted = { tokens: 2_400, most: 20_000 };
const request = { hash: HASH, now: NOW, until: NOW + HOUR_MS };

/** In this order: what is read was written before. */
export const insightUses: Readonly<Record<string, Use>> = {
  askForText: { what: 'insights', run: (db) => texts.askForText(db, USER, SLOT, request) },
  noteFailedText: {
    what: 'insights',
    run: (db) =>
      texts.noteFailedText(db, USER, SLOT, {
        state: 'failed',
        hash: HASH,
        why: 'throttled',
        attempts: 1,
        until: NOW + HOUR_MS,
      }),
  },
  keepText: { what: '12 claims on 10 facts', run: (db) => texts.keepText(db, USER, SLOT, text) },
  readText: { what: '12 claims on 10 facts', run: (db) => texts.readText(db, USER, SLOT, NOW) },
  takeFromUserBudget: {
    what: 'the tokens of a text',
    run: (db) => budgets.takeFromUserBudget(db, USER, DAY, wanted),
  },
  takeFromStackBudget: {
    what: 'the tokens of a text',
    run: (db) => budgets.takeFromStackBudget(db, USER, DAY, wanted),
  },
  correctUserBudget: {
    what: 'a text that cost less',
    run: (db) => budgets.correctUserBudget(db, USER, DAY, -200),
  },
  correctStackBudget: {
    what: 'a text that cost less',
    run: (db) => budgets.correctStackBudget(db, USER, DAY, -200),
  },
  replaceOffers: {
    what: '5 actions',
    run: (db) => offers.replaceOffers(db, USER, typicalOffers, 0),
  },
  readOffers: { what: '5 actions', run: (db) => offers.readOffers(db, USER) },
  keepUpdate: { what: 'an update', run: (db) => updates.keepUpdate(db, USER, update) },
  readUpdates: { what: 'one update', run: (db) => updates.readUpdates(db, USER, NOW - HOUR_MS, NOW) },
  dropTexts: { what: 'a text of 12 claims', run: (db) => texts.dropTexts(db, USER) },
  dropOffers: { what: '5 actions', run: (db) => offers.dropOffers(db, USER) },
  dropUpdates: { what: 'one update', run: (db) => updates.dropUpdates(db, USER) },
};
