// The answer as a sentence: words from portal.answer.<key>, values from the API. Whom and where it is about is strong.
import type { TFunction } from 'i18next';
import type { Document } from '@/api/queries';
import { dateOf, timeOf } from '@/format/dates';
import { reasonWords } from '@/ui/words';

export interface Part {
  text: string;
  strong: boolean;
}

const isTime = (name: string) => name === 'at' || name === 'deadline' || name.endsWith('At');

export function answerWords(t: TFunction, document: Pick<Document, 'answer' | 'type'>): Part[] {
  const { key, parameters } = document.answer;
  const values: Record<string, string> = { document: t(`portal.typeThe.${document.type}`) };
  for (const [name, value] of Object.entries(parameters)) {
    if (isTime(name)) values[name] = t('portal.answer.time', { date: dateOf(value), time: timeOf(value) });
    else if (name === 'channel') values[name] = t(`channel.${value}`, { defaultValue: value });
    else if (name === 'reason') values[name] = reasonWords(t, value);
    else values[name] = value;
  }
  // A value that is not known must not leave a hole: then the shorter sentence is used.
  for (const variant of [`${key}.${parameters.channel ?? ''}`, `${key}.full`, `${key}.half`, `${key}.short`]) {
    const sentence = t(`portal.answer.${variant}`, { ...values, defaultValue: '' });
    if (sentence && !sentence.includes('{{')) return parts(sentence);
  }
  return parts(t(`status.document.${key}`, { defaultValue: key }));
}

// What somebody can do about it, where something stopped or failed.
export function answerAdvice(t: TFunction, { answer }: Pick<Document, 'answer'>): string {
  const { reason } = answer.parameters;
  if (!reason || !['stopped', 'failed', 'returned'].includes(answer.key)) return '';
  for (const section of ['finding', 'problem']) {
    const advice = t(`${section}.${reason}-advice`, { ...answer.parameters, defaultValue: '' });
    if (advice && !advice.includes('{{')) return advice;
  }
  return '';
}

function parts(sentence: string): Part[] {
  return sentence
    .split(/<b>(.*?)<\/b>/)
    .map((text, index) => ({ text, strong: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
