// What a list's address says, without what the portal does not know.
import type { components } from '@/api/schema';
import { tokens } from '@/theme/tokens';
import { readListSearch, type ListSearch } from './listSearch';

const types: readonly components['schemas']['DocumentType'][] = ['invoice', 'credit-note', 'reminder', 'interest-invoice', 'order', 'order-response', 'despatch-advice', 'other'];

const known = <T extends string>(values: string[] | undefined, all: readonly T[]): string[] | undefined => {
  const found = values?.filter((value) => all.some((one) => one === value));
  return found?.length ? found : undefined;
};

export function readKnown(address: ListSearch | Record<string, unknown>): ListSearch {
  const { status: asked, type: askedType, ...rest } = readListSearch({ ...address });
  const status = known(asked, Object.keys(tokens.documentStatus));
  const type = known(askedType, types);
  return { ...rest, ...(status && { status }), ...(type && { type }) };
}
