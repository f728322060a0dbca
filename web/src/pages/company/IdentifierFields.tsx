// The kind and the number of an identifier, with what is right about it said while it is typed.
import { Button, Select, TextInput } from '@mantine/core';
import { useWords } from '@/texts/useWords';
import { offeredSchemes, verdictOf } from './identifierHelp';
import classes from './Company.module.css';

interface IdentifierFieldsProps {
  scheme: string;
  value: string;
  onScheme: (scheme: string) => void;
  onValue: (value: string) => void;
}

export function IdentifierFields({ scheme, value, onScheme, onValue }: IdentifierFieldsProps) {
  const { t } = useWords();
  const isOffered = (offeredSchemes as readonly string[]).includes(scheme);
  return (
    <>
      <div className={classes.pair}>
        <Select
          size="sm"
          label={t('portal.company.scheme')}
          allowDeselect={false}
          value={isOffered ? scheme : 'other'}
          onChange={(chosen) => onScheme(chosen === 'other' || chosen === null ? '' : chosen)}
          data={[...offeredSchemes.map((code) => ({ value: code, label: t(`portal.company.schemeName.${code}`) })), { value: 'other', label: t('portal.company.otherScheme') }]}
        />
        {!isOffered && <TextInput size="sm" required inputMode="numeric" maxLength={4} label={t('portal.company.schemeCode')} value={scheme} onChange={(event) => onScheme(event.currentTarget.value.trim())} />}
      </div>
      <NumberField scheme={scheme} label={t('portal.company.value')} value={value} onValue={onValue} />
    </>
  );
}

// The number alone, where its kind is given.
export function NumberField({ scheme, label, value, onValue }: { scheme: string; label: string; value: string; onValue: (value: string) => void }) {
  const { t } = useWords();
  const isOffered = (offeredSchemes as readonly string[]).includes(scheme);
  const verdict = verdictOf(scheme, value);
  return (
    <div className={classes.number}>
      <TextInput
        size="sm"
        required
        maxLength={130}
        label={label}
        description={t(`portal.company.form.${isOffered ? scheme : 'other'}`)}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
        error={verdict.state === 'check' ? t('portal.company.checkWrong') : undefined}
      />
      {verdict.state === 'good' && (
        <p role="status" className={classes.good}>
          {t('portal.company.looksRight')}
        </p>
      )}
      {verdict.state === 'vat' && (
        <div role="status" className={classes.confirm}>
          <p>{t('portal.company.isVat', { suggestion: verdict.suggestion })}</p>
          <Button size="xs" onClick={() => onValue(verdict.suggestion)}>
            {t('portal.company.useSuggestion', { suggestion: verdict.suggestion })}
          </Button>
        </div>
      )}
    </div>
  );
}
