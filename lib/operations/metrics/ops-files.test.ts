import { existsSync, readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import type { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { callOutcomes } from '@/lib/codat/measure-call';
import { operatorMustAct } from '@/lib/companies/company-setup';
import { connectionStates } from '@/lib/connections/types';
import { queues } from '@/lib/runtime/jobs/queues';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { figureMetrics } from './figure-metrics';
import type { Figures } from './read-figures';
import { stateMetrics } from './render-metrics';

const figures: Figures = {
  ...{ pending: 1, unmatched: 1, dead: 1, oldestPendingAge: 1, lag: 1, lastReceivedAt: 1 },
  ...{ readsDue: 1, readsLag: 1, setupOldestAge: 1, sweepFinishedAt: 1, sweepMissed: 1 },
  ...{ sweepFound: 1, quotaLimit: 1, quotaRemaining: 1, quotaResetAt: 1, quotaSeenAt: 1 },
  ...{ blockedUntil: 1, callsLeft: 1 },
  ...{ connections: {}, setups: {}, jobs: {}, webhooksSilent: true, checksFailing: 1 },
};

/** Name and labels of every series that the portal exports. */
function exported(): Map<string, string[]> {
  const series = new Map<string, string[]>();
  const state = stateMetrics({ ready: true, databaseUp: true, figures });
  for (const registry of [getMetrics().registry, state, figureMetrics(figures)]) {
    for (const metric of (registry as Registry).getMetricsAsArray()) {
      const {
        name,
        labelNames = [],
        type,
      } = metric as unknown as {
        name: string;
        labelNames?: string[];
        type?: unknown;
      };
      series.set(name, labelNames);
      if (String(type) !== 'histogram' && !('upperBounds' in metric)) continue;
      series.set(`${name}_bucket`, [...labelNames, 'le']);
      for (const suffix of ['sum', 'count']) series.set(`${name}_${suffix}`, labelNames);
    }
  }
  return series;
}

/** Labels that Prometheus gives to whatever it scrapes. */
const ofScraping = ['job', 'instance'];
const series = new Map([...exported(), ['up', []] as const]);

/** Values of labels whose set is closed. */
const closed: Record<string, readonly string[]> = {
  outcome: [...callOutcomes],
  state: ['pending', 'unmatched', 'dead', 'busy', 'idle', 'waiting', ...connectionStates],
  problem: [...operatorMustAct],
  queue: Object.values(queues).map(({ name }) => name),
  level: ['warn', 'error', 'fatal'],
  result: ['ok', 'failed', 'sent'],
  job: ['portal'],
};

/** What is wrong with an expression: its grammar, or a name that the portal does not export. */
function faultsOf(expression: string): string[] {
  const text = expression.replaceAll('$__rate_interval', '5m');
  const faults: string[] = [];
  const tree = parser.parse(text);
  const textOf = (node: { from: number; to: number }) => text.slice(node.from, node.to);
  tree.iterate({
    enter(cursor) {
      const { node } = cursor;
      if (node.type.isError)
        faults.push(`not PromQL at "${text.slice(node.from, node.from + 20)}"`);
      if (node.name !== 'VectorSelector') return;
      const identifier = node.getChild('Identifier');
      const name = identifier ? textOf(identifier) : '';
      const labels = series.get(name);
      if (!labels) faults.push(`${name} is not exported`);
      for (const matcher of node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ??
        []) {
        const [label, value] = textOf(matcher).split(/\s*[=!]~?=?\s*/);
        if (![...(labels ?? []), ...ofScraping].includes(label ?? '')) {
          faults.push(`${name} has no label ${label}`);
        }
        const wanted = JSON.parse(value ?? '""').split('|') as string[];
        const known = closed[label ?? ''];
        const strange = known ? wanted.filter((item) => !known.includes(item)) : [];
        if (strange.length > 0) faults.push(`${label} never is ${strange}`);
      }
    },
  });
  return faults;
}

type Rule = {
  alert: string;
  expr: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
};
const groups: { name: string; rules: Rule[] }[] = parse(
  readFileSync('ops/prometheus/alerts.yml', 'utf8'),
).groups;
const rules = groups.flatMap((group) => group.rules);

describe('ops/prometheus/alerts.yml', () => {
  it('has alarms, each under a name of its own', () => {
    expect(rules.length).toBeGreaterThan(20);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it.each(rules)(
    '$alert asks for what is exported, says what is wrong, and leads to its runbook',
    (rule) => {
      expect(faultsOf(rule.expr)).toEqual([]);
      expect(rule.alert).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(rule.annotations.summary).toMatch(/\S+ \S+/);
      expect(rule.annotations.runbook_url).toBe(`docs/operations.md#${rule.alert}`);
      expect(['critical', 'warning']).toContain(rule.labels.severity);
    },
  );

  it.runIf(existsSync('docs/operations.md'))('leads to chapters that are there', () => {
    const headings = readFileSync('docs/operations.md', 'utf8').match(/^#+ .*$/gm) ?? [];
    const anchors = headings.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(rules.map(({ alert }) => alert).filter((alert) => !anchors.includes(alert))).toEqual([]);
  });
});

describe('ops/grafana/portal.json', () => {
  type Panel = { title: string; type: string; targets?: { expr: string }[] };
  const dashboard = JSON.parse(readFileSync('ops/grafana/portal.json', 'utf8'));
  const panels = (dashboard.panels as Panel[]).filter(({ type }) => type !== 'row');

  it.each(panels)('$title asks for what is exported', ({ targets = [] }) => {
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.flatMap(({ expr }) => faultsOf(expr))).toEqual([]);
  });

  it('marks starts by what is exported', () => {
    const expressions = dashboard.annotations.list.map(({ expr }: { expr: string }) => expr);
    expect(expressions.flatMap(faultsOf)).toEqual([]);
  });
});

it.each([
  ['sum(rate(portal_nothing[5m]))', 'portal_nothing is not exported'],
  ['portal_inbox_events{stat="dead"}', 'portal_inbox_events has no label stat'],
  ['portal_inbox_events{state="deaf"}', 'state never is deaf'],
  ['sum(rate(portal_http_requests_total[5m])', 'not PromQL'],
])('%s is found wrong', (expression, fault) => {
  expect(faultsOf(expression).join()).toContain(fault);
});
