// What a key is asked for: its scopes in words, and how long it lasts.
import { Checkbox, Select } from '@mantine/core';
import type { KeyScope } from '@/api/keys';
import { useWords } from '@/texts/useWords';
import { scopeWords, type End } from './keyWords';
import classes from './Keys.module.css';

interface ScopeFieldsProps {
  scopes: readonly KeyScope[]; // those to choose among
  value: KeyScope[];
  description: string;
  onChange: (scopes: KeyScope[]) => void;
}

export function ScopeFields({ scopes, value, description, onChange }: ScopeFieldsProps) {
  const { t } = useWords();
  return (
    <Checkbox.Group label={t('portal.apiKeys.scopes')} description={description} value={value} onChange={(chosen) => onChange(scopes.filter((scope) => chosen.includes(scope)))}>
      <div className={classes.scopes}>
        {scopes.map((scope) => (
          <Checkbox key={scope} value={scope} label={scopeWords(t, scope)} description={scope} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

export function EndField({ value, mayKeep = false, onChange }: { value: End; mayKeep?: boolean; onChange: (end: End) => void }) {
  const { t } = useWords();
  const ends: End[] = [...(mayKeep ? (['keep'] as const) : []), '30', '90', '365', 'none'];
  return (
    <Select
      size="sm"
      className={classes.end ?? ''}
      label={t('portal.apiKeys.end')}
      description={value === 'none' ? t('portal.apiKeys.noEndWhy') : undefined}
      allowDeselect={false}
      data={ends.map((end) => ({ value: end, label: t(`portal.apiKeys.ends.${end}`) }))}
      value={value}
      onChange={(end) => end && onChange(end as End)}
    />
  );
}
