// A measure's figures: how long a bar they are, and how they are written.
import type { TFunction } from 'i18next';
import type { Figures, Measure } from '@/api/statistics';
import { amountText, count, percentage, sums, type Amount, type Language } from '@/format/amounts';
import { durationWords } from '@/pages/overview/duration';

export interface Shown {
  length: number; // of its bar; only for drawing
  isGap?: boolean; // a share or a time of nothing: no point of a line
  text: string;
  more?: string | undefined; // the share beside the count, the second percentile
}

const hundred = 100;

// The currency that most of it is in: bars of two currencies cannot be beside each other.
export function mainCurrency(figures: Figures | null | undefined, measure: Measure): string | undefined {
  const all = measure === 'cost' ? figures?.cost : figures?.amount;
  return [...(all ?? [])].sort((a, b) => Math.abs(Number(b.value)) - Math.abs(Number(a.value)))[0]?.currency;
}

// "0.8333" → "83,3"; rounded downwards, so that 99,97 never stands as 100 %.
export function shareText(share: string, language: Language): string {
  return `${percentage(Math.round(Number(share) * hundred * hundred), hundred * hundred, language)}\u00a0%`;
}

export function shownOf(t: TFunction, language: Language, measure: Measure, figures: Figures | null | undefined, currency: string | undefined): Shown {
  const nothing: Shown = { length: 0, text: count(0, language) };
  if (measure === 'documents') return figures ? { length: figures.documents, text: count(figures.documents, language) } : nothing;
  if (measure === 'pages') return figures?.pages ? { length: figures.pages, text: count(figures.pages, language) } : nothing;
  if (measure === 'amount' || measure === 'cost') {
    const all: readonly Amount[] = (measure === 'cost' ? figures?.cost : figures?.amount) ?? [];
    const main = all.find((one) => one.currency === currency);
    const others = all.filter((one) => one.currency !== currency);
    return {
      length: main ? Number(main.value) : 0,
      text: main ? amountText(main, language) : currency ? amountText({ value: '0', currency }, language) : count(0, language),
      more: others.map((one) => amountText(one, language)).join(', ') || undefined,
    };
  }
  if (measure === 'timeToDelivered' || measure === 'timeToOpened') {
    const found = figures?.[measure];
    if (!found || found.median === null) return { length: 0, text: '–', isGap: true };
    return { length: found.median, text: durationWords(t, found.median, language), more: found.p90 === null ? undefined : durationWords(t, found.p90, language) };
  }
  const found = figures?.[measure];
  if (!found) return { ...nothing, isGap: true };
  return { length: Number(found.share ?? 0), isGap: found.share === null, text: count(found.documents, language), more: found.share === null ? undefined : shareText(found.share, language) };
}

const tenths = 10;

// Of what there was before, in per cent: rounded, for it is no share that must not reach its whole.
function changeShare(change: number, before: number, language: Language): string {
  const rounded = Math.round((Math.abs(change) * hundred * tenths) / Math.abs(before));
  return `${count(Math.floor(rounded / tenths), language)}${language === 'sv' ? ',' : '.'}${rounded % tenths}\u00a0%`;
}

// Only where everything on both sides is in one currency.
function amountChange(now: readonly Amount[], before: readonly Amount[]): { change: Amount; before: number } | undefined {
  const less = before.map(({ value, currency }) => ({ value: value.startsWith('-') ? value.slice(1) : `-${value}`, currency }));
  const [change, ...others] = sums([...now, ...less]);
  return change && others.length === 0 ? { change, before: before.reduce((sum, { value }) => sum + Number(value), 0) } : undefined;
}

// Of what there was before: "+12 (+8,1 %)". Absolute, and in per cent where there was something to compare with.
export function changeText(language: Language, measure: Measure, now: Figures | null | undefined, before: Figures | null | undefined): string | undefined {
  if (!now || !before || measure === 'timeToDelivered' || measure === 'timeToOpened') return undefined;
  const said = (change: number, absolute: string, of: number) => {
    const sign = change > 0 ? '+' : change < 0 ? '\u2212' : '±';
    return of === 0 ? `${sign}${absolute}` : `${sign}${absolute} (${sign}${changeShare(change, of, language)})`;
  };
  if (measure === 'amount' || measure === 'cost') {
    const found = amountChange(now[measure] ?? [], before[measure] ?? []);
    return found && said(Number(found.change.value), amountText({ ...found.change, value: found.change.value.replace('-', '') }, language), found.before);
  }
  const of = (figures: Figures) => (measure === 'documents' ? figures.documents : measure === 'pages' ? (figures.pages ?? 0) : (figures[measure]?.documents ?? 0));
  const [a, b] = [of(now), of(before)];
  return said(a - b, count(Math.abs(a - b), language), b);
}

export const hasShare = (measure: Measure) => measure === 'delivered' || measure === 'opened' || measure === 'stopped';
