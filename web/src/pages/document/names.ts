import type { TFunction } from 'i18next';
import type { Document, DocumentSummary } from '@/api/queries';

// "Faktura 4711"; a file that could not be read goes by its name.
export function documentName(t: TFunction, document: DocumentSummary & Partial<Pick<Document, 'fileName'>>): string {
  if (document.number) return t(`portal.typeNumber.${document.type}`, { number: document.number });
  return document.fileName ?? t('portal.document.unnamed');
}
