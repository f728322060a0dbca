// A condition as the builder sees it: one test, or others joined by och, eller, om–så, inte. Pure; the JSON of the API is the
// model, nothing is kept beside it.
import type { Condition, Rule, Vocabulary, VocabularyTest } from '@/api/filters';
import { without } from '@/without';

export type Kind = 'test' | 'all' | 'any' | 'if' | 'not';

export const deepest = 4; // deeper than this nobody reads; what is deeper is shown, not built

const joins = ['all', 'any', 'not', 'if', 'then'] as const;
export const leafFields = [
  'term', 'test', 'which', 'ifPresent', 'ifRegistered', 'ignoreCase', 'ignoreBlanks', 'value', 'values', 'count', 'least', 'most',
  'prefix', 'days', 'months', 'currency', 'other', 'register', 'kind', 'fileTypes', 'terms',
] as const;

export function kindOf(condition: Condition): Kind {
  if (condition.all) return 'all';
  if (condition.any) return 'any';
  if (condition.if || condition.then) return 'if';
  return condition.not ? 'not' : 'test';
}

// The condition alone, without what is the demand's own.
export function conditionOf(rule: Rule): Condition {
  const kept: Record<string, unknown> = {};
  for (const name of [...leafFields, ...joins]) if (rule[name] !== undefined) kept[name] = rule[name];
  return kept as Condition;
}

export function withCondition(rule: Rule, condition: Condition): Rule {
  return { ...without(rule, ...leafFields, ...joins), ...condition };
}

// Another way of joining keeps what there is: a test becomes the first of several, the first of several the only one.
export function asKind(condition: Condition, kind: Kind): Condition {
  const [first = {}, second = {}] = partsOf(condition);
  switch (kind) {
    case 'test':
      return kindOf(first) === 'test' ? first : {};
    case 'all':
    case 'any': {
      const parts = kindOf(condition) === 'all' || kindOf(condition) === 'any' ? partsOf(condition) : [first, second];
      return { [kind]: parts };
    }
    case 'if':
      return { if: first, then: second };
    case 'not':
      return { not: first };
  }
}

export function partsOf(condition: Condition): Condition[] {
  switch (kindOf(condition)) {
    case 'test':
      return [condition];
    case 'all':
      return condition.all ?? [];
    case 'any':
      return condition.any ?? [];
    case 'if':
      return [condition.if ?? {}, condition.then ?? {}];
    case 'not':
      return [condition.not ?? {}];
  }
}

export function withPart(condition: Condition, index: number, part: Condition | undefined): Condition {
  const kind = kindOf(condition);
  if (kind === 'if') return index === 0 ? { ...condition, if: part ?? {} } : { ...condition, then: part ?? {} };
  if (kind === 'not') return { not: part ?? {} };
  if (kind === 'test') return part ?? {};
  const parts = [...partsOf(condition)];
  if (part) parts[index] = part;
  else parts.splice(index, 1);
  return parts.length === 1 ? (parts[0] ?? {}) : { [kind]: parts };
}

// The tests that can be asked of a term; without a term, of the whole document.
export function testsFor(vocabulary: Vocabulary, term: string | undefined): VocabularyTest[] {
  if (term === undefined) return vocabulary.tests.filter((test) => !test.takesTerm);
  const type = vocabulary.terms.find((one) => one.term === term)?.type;
  return vocabulary.tests.filter((test) => test.takesTerm && (type === undefined || test.fits.includes(type)));
}

// Another test keeps the parameters that it takes, too.
export function withTest(condition: Condition, test: VocabularyTest | undefined): Condition {
  const kept: Record<string, unknown> = {};
  if (condition.term && test?.takesTerm !== false) kept.term = condition.term;
  if (test) kept.test = test.id;
  for (const { name } of test?.parameters ?? []) {
    const value = (condition as Record<string, unknown>)[name];
    if (value !== undefined && !(name === 'kind' && condition.test !== test?.id)) kept[name] = value;
  }
  return kept as Condition;
}

export function withTerm(vocabulary: Vocabulary, condition: Condition, term: string | undefined): Condition {
  const test = testsFor(vocabulary, term).find((one) => one.id === condition.test);
  const others: Condition = without(condition, 'term');
  return withTest(term ? { ...others, term } : others, test);
}

// Filled in enough to be read back.
export function isWhole(condition: Condition): boolean {
  if (kindOf(condition) === 'test') return condition.test !== undefined;
  return partsOf(condition).length > 0 && partsOf(condition).every(isWhole);
}

// A new demand's id: "k1", "k2" … the first that is free.
export function freeId(rules: readonly Rule[]): string {
  const taken = new Set(rules.map((rule) => rule.id));
  let number = 1;
  while (taken.has(`k${number}`)) number += 1;
  return `k${number}`;
}

// Which demands one version has and the other has not; a changed one goes and comes.
export function changedSentences(before: readonly string[], after: readonly string[]): { added: string[]; removed: string[] } {
  const rest = [...before];
  const added = after.filter((sentence) => {
    const at = rest.indexOf(sentence);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return { added, removed: rest };
}
