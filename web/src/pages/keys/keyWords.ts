// What the parts of the page share: scopes in words, ends, and the list asked for again.
import { useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { keysQuery, type KeyDays, type KeyScope } from '@/api/keys';

// A colon means something else in the words' keys.
export const scopeWords = (t: TFunction, scope: KeyScope): string => t(`portal.apiKeys.scope.${scope.replace(':', '-')}`, { defaultValue: scope });

// Which end is asked for: days from now, none, or the one that it has.
export type End = '30' | '90' | '365' | 'none' | 'keep';
export const daysOf = (end: Exclude<End, 'keep'>): KeyDays => (end === 'none' ? null : (Number(end) as 30 | 90 | 365));

export function useFreshKeys() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keysQuery.queryKey });
}
