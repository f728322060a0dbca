// The period of a list: ready-made ones, or two days in the calendar. A chunk of its own, fetched when it is opened.
import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/sv';
import { useState } from 'react';
import { Button } from '@mantine/core';
import { DatePicker, DatesProvider } from '@mantine/dates';
import { plusDays, today } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import classes from './Documents.module.css';

const firstOfMonth = (date: string) => `${date.slice(0, 7)}-01`;

export function readyPeriods(now: string): [name: string, from: string, to: string][] {
  const lastMonth = plusDays(firstOfMonth(now), -1);
  return [
    ['today', now, now],
    ['week', plusDays(now, -6), now],
    ['month', plusDays(now, -29), now],
    ['thisMonth', firstOfMonth(now), now],
    ['lastMonth', firstOfMonth(lastMonth), lastMonth],
    ['thisYear', `${now.slice(0, 4)}-01-01`, now],
  ];
}

interface CalendarProps {
  search: { from?: string | undefined; to?: string | undefined };
  none: string | undefined;
  onChange: (to: { from: string | undefined; to: string | undefined }) => void;
  onClose: () => void;
}

export default function Calendar({ search, none, onChange, onClose }: CalendarProps) {
  const { t, language } = useWords();
  const now = today();
  const [range, setRange] = useState<[string | null, string | null]>([search.from ?? null, search.to ?? null]);
  const take = (from: string | null, to: string | null) => {
    onChange({ from: from ?? undefined, to: to ?? undefined });
    onClose();
  };
  return (
    <div className={classes.calendar}>
      <div className={classes.periods}>
        {readyPeriods(now).map(([name, from, to]) => (
          <Button key={name} variant="subtle" color="gray" justify="start" onClick={() => take(from, to)}>
            {t(`portal.documents.period.${name}`)}
          </Button>
        ))}
        <Button variant="subtle" color="gray" justify="start" onClick={() => take(null, null)}>
          {none ?? t('portal.documents.anyDate')}
        </Button>
      </div>
      <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
        <DatePicker
          type="range"
          allowSingleDateInRange
          size="sm"
          defaultDate={search.to ?? now}
          maxDate={now}
          value={range}
          onChange={(next) => {
            setRange(next);
            if (next[0] && next[1]) take(next[0], next[1]);
          }}
          ariaLabels={{
            previousMonth: t('portal.documents.previousMonth'),
            nextMonth: t('portal.documents.nextMonth'),
          }}
        />
      </DatesProvider>
    </div>
  );
}
