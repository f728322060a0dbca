import type { CopyKind, Document } from '@/api/queries';

export const copyKinds: readonly CopyKind[] = ['readable', 'email', 'print', 'bank'];

// Which copies there are, in the tabs' order.
export function copiesOf(document: Document): CopyKind[] {
  return copyKinds.filter((kind) => document.copies.some((copy) => copy.kind === kind));
}

export function wasSent(document: Document, kind: CopyKind): boolean {
  return document.copies.some((copy) => copy.kind === kind && copy.sent);
}

// The copy that the recipient has: what left the house, otherwise the one that is read here.
export function copyInUse(document: Document): CopyKind | undefined {
  const kinds = copiesOf(document);
  return kinds.find((kind) => wasSent(document, kind)) ?? kinds[0];
}
