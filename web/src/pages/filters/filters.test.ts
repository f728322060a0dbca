import { describe, expect, it } from 'vitest';
import type { Condition, Rule, Vocabulary } from '@/api/filters';
import { ApiProblem } from '@/api/problem';
import { wordsIn } from '@/test-words';
import { asKind, changedSentences, conditionOf, freeId, isWhole, kindOf, partsOf, testsFor, withCondition, withPart, withTerm, withTest } from './conditions';
import { asIdentifier } from './senders';
import { ruleProblems, ruleProblemWords } from './ruleProblems';

const text = (sv: string) => ({ sv, en: sv });
const test = (id: string, fits: string[], names: string[], takesTerm = true) => ({
  id, title: text(id), fits, takesTerm, example: { id: 'k1' }, parameters: names.map((name) => ({ name, type: 'text' as const, required: false })),
});
const vocabulary: Vocabulary = {
  terms: [
    { term: 'BT-13', title: text('Ordernummer'), group: { id: 'BG-0', title: text('Fakturan') }, type: 'reference', example: '45123456', line: false },
    { term: 'BT-2', title: text('Fakturadatum'), group: { id: 'BG-0', title: text('Fakturan') }, type: 'date', example: null, line: false },
  ],
  tests: [
    test('digits', ['reference', 'text'], ['count', 'prefix', 'ifPresent']),
    test('startsWith', ['reference', 'text'], ['value', 'ifPresent']),
    test('maxDaysOld', ['date'], ['days', 'ifPresent']),
    test('attachment', [], ['fileTypes'], false),
  ],
  presets: [],
};
const order: Condition = { term: 'BT-13', test: 'digits', count: 8, prefix: '45', ifPresent: true };
const date: Condition = { term: 'BT-2', test: 'maxDaysOld', days: 30 };

describe('a demand’s shape', () => {
  it('is told from what it is made of', () => {
    expect([order, { all: [order] }, { any: [order] }, { not: order }, { if: order, then: date }].map(kindOf)).toEqual(['test', 'all', 'any', 'not', 'if']);
  });

  it('another shape keeps the test that was there', () => {
    expect(asKind(order, 'any')).toEqual({ any: [order, {}] });
    expect(asKind({ any: [order, date] }, 'if')).toEqual({ if: order, then: date });
    expect(asKind({ any: [order, date] }, 'all')).toEqual({ all: [order, date] });
    expect(asKind({ if: order, then: date }, 'test')).toEqual(order);
    expect(asKind(order, 'not')).toEqual({ not: order });
  });

  it('the last but one of several that is taken away leaves a test', () => {
    expect(withPart({ all: [order, date] }, 0, undefined)).toEqual(date);
    expect(withPart({ all: [order, date] }, 1, order)).toEqual({ all: [order, order] });
    expect(partsOf(withPart({ if: order, then: date }, 1, order))).toEqual([order, order]);
  });

  it('is whole when every test is chosen', () => {
    expect(isWhole({ if: order, then: { any: [date, {}] } })).toBe(false);
    expect(isWhole({ if: order, then: { any: [date, order] } })).toBe(true);
  });
});

describe('a test', () => {
  it('fits the term that it is asked of', () => {
    expect(testsFor(vocabulary, 'BT-2').map((one) => one.id)).toEqual(['maxDaysOld']);
    expect(testsFor(vocabulary, undefined).map((one) => one.id)).toEqual(['attachment']);
  });

  it('is dropped with a term that it does not fit, kept with one that it does', () => {
    expect(withTerm(vocabulary, order, 'BT-2')).toEqual({ term: 'BT-2' });
    expect(withTerm(vocabulary, order, 'BT-13')).toEqual(order);
  });

  it('keeps only the figures that the new one takes', () => {
    expect(withTest(order, vocabulary.tests[1])).toEqual({ term: 'BT-13', test: 'startsWith', ifPresent: true });
    expect(withTest(order, vocabulary.tests[3])).toEqual({ test: 'attachment' });
  });
});

it('a demand keeps its own words when its condition changes', () => {
  const rule: Rule = { id: 'k3', severity: 'hold', message: 'Säg numret', ...order };
  expect(conditionOf(rule)).toEqual(order);
  expect(withCondition(rule, { not: date })).toEqual({ id: 'k3', severity: 'hold', message: 'Säg numret', not: date });
});

it('a new demand gets the first id that is free', () => {
  expect(freeId([{ id: 'k1' }, { id: 'k3' }])).toBe('k2');
});

it('what is wrong with a demand is said in plain words, otherwise as the server says it', async () => {
  const t = await wordsIn('sv');
  const refused = new ApiProblem({ type: '', title: '', status: 422, code: 'demand-value-missing', detail: 'x', problems: [{ where: 'rules[0].value', code: 'demand-value-missing', detail: 'A value is missing.' }] } as never);
  expect(ruleProblems(refused, undefined).map((problem) => ruleProblemWords(t, problem))).toEqual(['Fyll i alla uppgifter i villkoret.']);
  expect(ruleProblemWords(t, { where: '', code: 'brand-new', detail: 'Something new.' })).toBe('Something new.');
});

describe('what a version changed', () => {
  it('is told demand by demand, one that stands twice too', () => {
    expect(changedSentences(['a', 'b', 'b'], ['b', 'c'])).toEqual({ added: ['c'], removed: ['a', 'b'] });
    expect(changedSentences(['a'], ['a'])).toEqual({ added: [], removed: [] });
  });
});

describe('a supplier', () => {
  const found = [{ identifier: '0007:5599900049', name: 'Björkvik Kontorsservice AB' }];
  it('is meant by its number, by its number with a scheme, or by its name', () => {
    expect(['559990-0122', '7350000001228', '0192:991825827', 'björkvik kontorsservice ab', 'Björk'].map((typed) => asIdentifier(typed, found))).toEqual([
      '0007:5599900122', '0088:7350000001228', '0192:991825827', '0007:5599900049', '0007:5599900049',
    ]);
  });

  it('is nobody where it can be neither or several', () => {
    expect(asIdentifier('Okänd', [])).toBeUndefined();
    expect(asIdentifier('AB', [...found, { identifier: '0007:5599900122', name: 'Annat AB' }])).toBeUndefined();
  });
});
