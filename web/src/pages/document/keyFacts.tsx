import type { ReactNode } from 'react';
import type { TFunction } from 'i18next';
import type { Document } from '@/api/queries';
import { ocrText } from '@/format/identifiers';
import { DateText } from '@/ui/DateText';
import { CopyValue } from './CopyValue';

// What stands under the name of a document. What it does not say leaves no label behind.
export function keyFacts(t: TFunction, document: Document): { name: string; value: ReactNode }[] {
  const facts: [string, ReactNode][] = [
    ['portal.column.issueDate', document.issueDate && <DateText date={document.issueDate} />],
    ['portal.column.dueDate', document.dueDate && <DateText date={document.dueDate} />],
    [
      'portal.document.ocr',
      document.paymentReference && <CopyValue value={document.paymentReference}>{ocrText(document.paymentReference)}</CopyValue>,
    ],
    ['portal.document.order', document.orderReference],
    ['portal.document.buyerReference', document.buyerReference],
    ['portal.column.customerNumber', document.customerNumber],
    ['portal.document.version', document.version > 1 ? String(document.version) : null],
  ];
  return facts.filter(([, value]) => value).map(([name, value]) => ({ name: t(name), value }));
}
