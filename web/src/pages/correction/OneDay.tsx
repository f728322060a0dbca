// A day in the calendar. A chunk of its own, fetched when it is opened.
import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/sv';
import { DatePicker, DatesProvider } from '@mantine/dates';
import { today } from '@/format/dates';
import { useWords } from '@/texts/useWords';

export default function OneDay({ value, onChoose }: { value: string | undefined; onChoose: (day: string) => void }) {
  const { t, language } = useWords();
  return (
    <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
      <DatePicker
        size="sm"
        defaultDate={value ?? today()}
        value={value ?? null}
        onChange={(day) => day && onChoose(day)}
        ariaLabels={{ previousMonth: t('portal.documents.previousMonth'), nextMonth: t('portal.documents.nextMonth') }}
      />
    </DatesProvider>
  );
}
