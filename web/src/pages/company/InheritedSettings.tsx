// Settings with their provenance: own, inherited from whom, or nobody's.
import { useState } from 'react';
import { Button, SegmentedControl, Skeleton, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { api } from '@/api/client';
import { companySettingsQuery, type CompanySetting, type CompanySettingValue } from '@/api/companies';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import classes from './Company.module.css';

export function InheritedSettings({ companyId, mayChange }: { companyId: string; mayChange: boolean }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(companySettingsQuery(companyId));
  return (
    <section className={classes.section} aria-labelledby="company-settings">
      <h2 id="company-settings">{t('portal.company.settings')}</h2>
      <p className={classes.quiet}>{t('portal.company.settingsWhy')}</p>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={240} />}
      {data && (
        <ul className={classes.rows}>
          {data.items.map((setting) => (
            <SettingRow key={setting.key} companyId={companyId} setting={setting} mayChange={mayChange} />
          ))}
        </ul>
      )}
    </section>
  );
}

function valueWords(t: TFunction, setting: CompanySetting, value: CompanySettingValue | null): string {
  if (value === null) return t(`portal.company.settingNone.${setting.key}`);
  if (typeof value !== 'string') return value.join(' · ');
  if (setting.type === 'desk') return t(`portal.company.desk.${value}`);
  if (setting.type === 'hours') return t('portal.company.hours', { count: Number(value) });
  if (setting.type === 'months') return t('portal.company.months', { count: Number(value) });
  return setting.type === 'language' ? t(`portal.company.language.${value}`) : value;
}

function SettingRow({ companyId, setting, mayChange }: { companyId: string; setting: CompanySetting; mayChange: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const path = { companyId, key: setting.key };
  const onSuccess = async () => {
    setOpen(false);
    await client.invalidateQueries({ queryKey: companySettingsQuery(companyId).queryKey });
  };
  const save = useMutation({ mutationFn: (value: CompanySettingValue) => api.put('/api/v1/companies/{companyId}/settings/{key}', { path, body: { value } }), onSuccess });
  const reset = useMutation({ mutationFn: () => api.delete('/api/v1/companies/{companyId}/settings/{key}', { path }), onSuccess });
  const name = t(`portal.company.setting.${setting.key}`);
  const failed = save.error ?? reset.error;
  const fault = failed ? problemWords(t, asProblem(failed)) : undefined;
  return (
    <li>
      <div className={classes.row}>
        <p className={classes.grow}>
          <span className={classes.quiet}>{name}</span>
          <br />
          {valueWords(t, setting, setting.value)}
        </p>
        {mayChange && !open && (
          <Button size="xs" variant="subtle" aria-label={t('portal.company.editSetting', { setting: name })} onClick={() => setOpen(true)}>
            {t('portal.company.edit')}
          </Button>
        )}
      </div>
      <p className={classes.source}>
        <Origin setting={setting} />
        {mayChange && setting.origin === 'own' && (
          <Button size="compact-xs" variant="subtle" aria-label={t('portal.company.resetOf', { setting: name })} loading={reset.isPending} onClick={() => reset.mutate()}>
            {t('portal.company.reset')}
          </Button>
        )}
      </p>
      {setting.origin === 'own' && (
        <p className={classes.why}>
          {setting.inherited ? t('portal.company.resetTo', { value: valueWords(t, setting, setting.inherited.value), company: setting.inherited.from.name }) : t('portal.company.resetToNothing')}
        </p>
      )}
      {open && <SettingForm setting={setting} pending={save.isPending} onSave={(value) => save.mutate(value)} onCancel={() => setOpen(false)} />}
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
    </li>
  );
}

function Origin({ setting }: { setting: CompanySetting }) {
  const { t } = useWords();
  if (setting.origin === 'own') return <span className={classes.badge}>{t('portal.company.ownValue')}</span>;
  if (setting.inherited) return <span className={classes.badge}>{t('portal.company.inherited', { company: setting.inherited.from.name })}</span>;
  return <span className={classes.badge}>{t('portal.company.notSet')}</span>;
}

const usual: Partial<Record<CompanySetting['type'], string>> = { language: 'sv', desk: 'own' };
const lines_max = 4;
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

function SettingForm({ setting, pending, onSave, onCancel }: { setting: CompanySetting; pending: boolean; onSave: (value: CompanySettingValue) => void; onCancel: () => void }) {
  const { t } = useWords();
  const start = setting.value ?? '';
  const [typed, setTyped] = useState(typeof start === 'string' ? start || usual[setting.type] || '' : start.join('\n'));
  const label = t(`portal.company.setting.${setting.key}`);
  const why = t(`portal.company.settingWhy.${setting.key}`);
  const lines = linesOf(typed);
  const isWhole = setting.type === 'lines' ? lines.length > 0 && lines.length <= lines_max : typed.trim() !== '';
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) onSave(setting.type === 'lines' ? lines : typed.trim());
      }}
    >
      {setting.type === 'language' && (
        <>
          <SegmentedControl size="sm" aria-label={label} value={typed} onChange={setTyped} data={(['sv', 'en'] as const).map((value) => ({ value, label: t(`portal.company.language.${value}`) }))} />
          <p className={classes.quiet}>{why}</p>
        </>
      )}
      {setting.type === 'desk' && (
        <>
          <SegmentedControl size="sm" aria-label={label} value={typed} onChange={setTyped} data={(['own', 'operator'] as const).map((value) => ({ value, label: t(`portal.company.desk.${value}`) }))} />
          <p className={classes.quiet}>{why}</p>
        </>
      )}
      {(setting.type === 'hours' || setting.type === 'months') && <TextInput size="sm" required inputMode="numeric" pattern="[1-9][0-9]{0,2}" maxLength={3} label={label} description={why} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />}
      {setting.type === 'email' && <TextInput size="sm" type="email" required maxLength={254} label={label} description={why} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />}
      {setting.type === 'lines' && <Textarea size="sm" required autosize minRows={2} maxRows={lines_max} maxLength={330} label={label} description={why} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" loading={pending} disabled={!isWhole}>
          {t('portal.company.save')}
        </Button>
        <Button size="sm" variant="subtle" onClick={onCancel}>
          {t('portal.company.cancel')}
        </Button>
      </div>
    </form>
  );
}
