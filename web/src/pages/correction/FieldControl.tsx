// The right kind of field: a date with its calendar, an identifier with its scheme, or a text.
import { lazy, Suspense, useState } from 'react';
import { ActionIcon, NativeSelect, Popover, Skeleton, TextInput, type TextInputProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import type { CorrectionField } from '@/api/stops';
import { isDate } from '@/format/dates';
import { schemeName } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { useListPlace } from './useListPlace';
import { schemed, schemeSeen, schemesOf, withScheme } from './schemes';
import classes from './Correction.module.css';

const OneDay = lazy(() => import('./OneDay'));
export const countryTerms = ['BT-55', 'BT-80'];

export type Control = Pick<
  TextInputProps,
  'id' | 'autoFocus' | 'onFocus' | 'onBlur' | 'maxLength' | 'aria-describedby' | 'aria-invalid' | 'rightSection' | 'rightSectionWidth' | 'rightSectionPointerEvents'
> & { 'data-judged': string | undefined };

interface FieldControlProps {
  field: CorrectionField;
  value: string;
  control: Control;
  onType: (value: string) => void;
}

export function FieldControl({ field, value, control, onType }: FieldControlProps) {
  const { t } = useWords();
  const common = { ...control, autoComplete: 'off', spellCheck: false, classNames: { input: classes.input ?? '' } };
  if (field.type === 'date') return <DateControl field={field} value={value} control={common} onType={onType} />;
  if (schemesOf(field).length > 0) return <SchemedControl field={field} value={value} control={common} onType={onType} />;
  return <TextInput {...common} value={value} placeholder={countryTerms.includes(field.term) ? t('portal.correction.countryHint') : undefined} onChange={(event) => onType(event.currentTarget.value)} />;
}

function DateControl({ field, value, control, onType }: FieldControlProps) {
  const { t, language } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.withMore}>
      <TextInput {...control} className={classes.grows} value={value} inputMode="numeric" placeholder={t('portal.documents.datePattern')} onChange={(event) => onType(event.currentTarget.value)} />
      <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus {...useListPlace()}>
        <Popover.Target>
          <ActionIcon variant="default" className={classes.more} aria-label={t('portal.correction.calendarOf', { field: field.title[language] })} onClick={() => setOpen(!open)}>
            <IconCalendar size={16} stroke={1.75} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <Suspense fallback={<Skeleton height={270} width={252} />}>
            {open && (
              <OneDay
                value={isDate(value) ? value : undefined}
                onChoose={(day) => {
                  onType(day);
                  setOpen(false);
                }}
              />
            )}
          </Suspense>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

function SchemedControl({ field, value: typed, control, onType }: FieldControlProps) {
  const { t, language } = useWords();
  const [picked, setPicked] = useState<string>(); // by hand: what the number looks like says no more
  const { scheme: said, value } = schemed(field, typed);
  const scheme = picked ?? said;
  const schemes = schemesOf(field);
  return (
    <div className={classes.withMore}>
      <NativeSelect
        className={classes.scheme}
        size="sm"
        aria-label={t('portal.correction.schemeOf', { field: field.title[language] })}
        data={[...(scheme ? [] : [{ value: '', label: t('portal.correction.scheme') }]), ...schemes.map((one) => ({ value: one, label: schemeName(t, one) }))]}
        value={scheme}
        onChange={(event) => {
          setPicked(event.currentTarget.value);
          onType(withScheme(field, event.currentTarget.value, value));
        }}
      />
      <TextInput
        {...control}
        className={classes.grows}
        value={value}
        onChange={(event) => {
          const now = schemed({ qualifier: scheme }, event.currentTarget.value);
          const seen = picked === undefined ? schemeSeen(schemes, now.value) : undefined;
          onType(withScheme(field, seen ?? now.scheme, now.value));
        }}
      />
    </div>
  );
}
