import type { Report } from '../evaluate/run.ts';

/** One row of a table: what a command printed, or why it printed nothing. */
export type Outcome = { model: string; command: string } & ({ report: Report } | { fault: string });

export type Section = { title: string; outcomes: readonly Outcome[] };

type Column = { title: string; of: (report: Report) => string };

const metric = (name: keyof Report['metrics']): Column => ({
  title: name.toUpperCase(),
  of: ({ metrics }) => (metrics[name] as number).toFixed(4),
});

const COLUMNS: readonly Column[] = [
  metric('hr@10'),
  metric('ndcg@10'),
  metric('hr@20'),
  metric('ndcg@20'),
  metric('mrr@20'),
  metric('precision@10'),
  metric('f1@10'),
  { title: 'coverage', of: ({ metrics }) => metrics.coverage.toFixed(3) },
  { title: 'novelty (bits)', of: ({ metrics }) => metrics.novelty.toFixed(1) },
  { title: 'popularity bias', of: ({ metrics }) => signed(metrics.popularityBias) },
  { title: 'places of the top tenth', of: ({ metrics }) => percent(metrics.exposureByDecile[0]!) },
  { title: 'NDCG@10 light / medium / heavy', of: ({ metrics }) => byActivity(metrics.groups) },
  { title: 'chosen in (s)', of: ({ chosen }) => chosen?.seconds.toFixed(0) ?? '-' },
  { title: 'trained in (s)', of: ({ trainSeconds }) => trainSeconds.toFixed(1) },
  {
    title: 'answer p50 / p99 (µs)',
    of: ({ predictMicros: { p50, p99 } }) => `${p50.toFixed(0)} / ${p99.toFixed(0)}`,
  },
  { title: 'memory (MB)', of: ({ peakRssMb }) => String(peakRssMb) },
];

/** The whole page. */
export function qualityPage(
  sections: readonly Section[],
  { day, machine }: { day: string; machine: string },
): string {
  return `# Ranking quality

Written by \`npm run quality\` on ${day} (${machine}); change nothing by hand. Each user's last item is held back and ranked
among all items that the user does not have yet; all users are asked, ties count against the held-back item. Parameters were chosen on
a validation split of the training data, each user's last item but one, never on what is measured here. What the
columns mean is in \`core/learn/evaluate/metrics.ts\` and \`core/learn/evaluate/audit.ts\`; seconds were taken on a machine that may have had other work.

${sections.map(sectionOf).join('\n\n')}
`;
}

function sectionOf({ title, outcomes }: Section): string {
  const first = outcomes.find((outcome) => 'report' in outcome);
  const size = first === undefined || !('report' in first) ? '' : sizeOf(first.report);
  return [
    `## ${title}`,
    size,
    table(outcomes),
    'Commands, and the parameters that they chose:',
    outcomes.map(commandOf).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function sizeOf({ users, items, interactions, cases }: Report): string {
  const number = (value: number) => value.toLocaleString('en');
  return `${number(users)} users, ${number(items)} items, ${number(interactions)} interactions to train on; ${number(cases)} users asked.`;
}

function table(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => {
    const cells =
      'report' in outcome
        ? COLUMNS.map(({ of }) => of(outcome.report))
        : [outcome.fault.replaceAll('|', '/')];
    return `| ${[outcome.model, ...cells].join(' | ')} |`;
  });
  const titles = ['model', ...COLUMNS.map(({ title }) => title)];
  return [`| ${titles.join(' | ')} |`, `|${' --- |'.repeat(titles.length)}`, ...rows].join('\n');
}

function commandOf(outcome: Outcome): string {
  const chosen = 'report' in outcome ? `\n  \`${JSON.stringify(outcome.report.params)}\`` : '';
  return `- \`${outcome.command}\`${chosen}`;
}

function byActivity(groups: Report['metrics']['groups']): string {
  return ['light', 'medium', 'heavy'].map((name) => groups?.[name]?.quality.toFixed(3) ?? '-').join(' / ');
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : ''}${value.toFixed(2)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
