// Which column is what, as it is chosen and as the API wants it.
import type { ListKind, ListPreview } from '@/api/imports';

export const fieldsOf: Record<ListKind, readonly string[]> = {
  companies: ['identifier', 'name', 'parent'],
  partners: ['identifier', 'customerNumber', 'name', 'kind', 'email', 'street', 'postalCode', 'city', 'country', 'channels'],
  users: ['email', 'name', 'role', 'company'],
};

export type Chosen = Partial<Record<string, number>>;

export function columnsText(kind: ListKind, chosen: Chosen): string {
  return fieldsOf[kind].flatMap((field) => (chosen[field] === undefined ? [] : [`${field}:${chosen[field]}`])).join(',');
}

export function chosenIn(preview: ListPreview): Chosen {
  return Object.fromEntries(preview.columns.flatMap((column) => (column.field === null ? [] : [[column.field, column.index]])));
}

// A column stands for one field: choosing it takes it from another.
export function withColumn(chosen: Chosen, field: string, index: number | null): Chosen {
  const others = Object.fromEntries(Object.entries(chosen).filter(([name, at]) => name !== field && at !== index));
  return index === null ? others : { ...others, [field]: index };
}
