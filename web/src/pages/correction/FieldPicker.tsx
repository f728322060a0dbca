// Further fields, which no finding speaks of: after a phone call, a bounce or a rejection. Those that may never be changed
// stand there too, and say why.
import { useState } from 'react';
import { Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Correction } from '@/api/stops';
import { useWords } from '@/texts/useWords';
import { fieldKey } from './draft';
import { placeWords } from './placeWords';
import { useListPlace } from './useListPlace';
import classes from './Correction.module.css';

interface FieldPickerProps {
  correction: Correction;
  shown: readonly string[];
  onChoose: (key: string) => void;
}

export function FieldPicker({ correction, shown, onChoose }: FieldPickerProps) {
  const { t, language } = useWords();
  const fields = correction.fields.filter((field) => !shown.includes(fieldKey(field)));
  const byKey = new Map(fields.map((field) => [fieldKey(field), field]));
  const groups = new Map<string, { value: string; label: string; disabled: boolean }[]>();
  const put = (group: string, key: string, label: string, disabled: boolean) =>
    groups.set(group, [...(groups.get(group) ?? []), { value: key, label, disabled }]);
  for (const field of fields) {
    const place = placeWords(t, field.place);
    const label = `${field.title[language]}${place ? `, ${place}` : ''}`;
    put(field.correctable ? field.group[language] : t('portal.correction.never'), fieldKey(field), label, !field.correctable);
  }
  const place = useListPlace();
  const [typed, setTyped] = useState('');
  if (fields.length === 0) return null;
  return (
    <Select
      label={t('portal.correction.further')}
      labelProps={{ className: classes.pickerLabel }}
      placeholder={t('portal.correction.furtherHint')}
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
      size="sm"
      searchable
      value={null}
      nothingFoundMessage={t('portal.correction.noSuchField')}
      data={[...groups].map(([group, items]) => ({ group, items }))}
      maxDropdownHeight={340}
      comboboxProps={place}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(key) => {
        if (key) onChoose(key);
        setTyped('');
      }}
      renderOption={({ option }) => {
        const field = byKey.get(option.value);
        return (
          <span className={classes.option}>
            <span>
              {option.label} <span className={classes.dim}>{field?.term}</span>
            </span>
            <span className={classes.dim}>
              {field && !field.correctable
                ? t(`portal.correction.why.${field.why ?? 'term-not-correctable'}`, { defaultValue: t('portal.correction.why.term-not-correctable') })
                : (field?.value ?? t('portal.missing'))}
            </span>
          </span>
        );
      }}
    />
  );
}
