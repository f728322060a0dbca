import { lazy, Suspense, useState } from 'react';
import { Button, Popover, Skeleton } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useWords } from '@/texts/useWords';

const Calendar = lazy(() => import('./Calendar'));

interface DateRangeProps {
  search: { from?: string | undefined; to?: string | undefined };
  none?: string; // what holds when nothing is chosen
  onChange: (to: { from: string | undefined; to: string | undefined }) => void;
}

// The period of a list.
export function DateRange({ search, none, onChange }: DateRangeProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const label =
    search.from && search.to
      ? search.from === search.to
        ? search.from
        : `${search.from} – ${search.to}`
      : search.from
        ? t('portal.documents.since', { date: search.from })
        : search.to
          ? t('portal.documents.until', { date: search.to })
          : (none ?? t('portal.documents.anyDate'));
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button leftSection={<IconCalendar size={16} stroke={1.75} />} onClick={() => setOpen(!open)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <Suspense fallback={<Skeleton width={420} height={290} m="md" />}>
          {open && <Calendar search={search} none={none} onChange={onChange} onClose={() => setOpen(false)} />}
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
