// The fields of Smartmail's settings: the company's own, and a counterpart's, where each says whether it is inherited.
import type { ReactNode } from 'react';
import { Button, NumberInput, Radio, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { SmartmailSettings } from '@/api/smartmail';
import { useWords } from '@/texts/useWords';
import { beforeDueMost, daysMost, type Draft, type Fault, type FieldName } from './smartmailForm';
import classes from './Settings.module.css';

export interface Inheritance {
  own: ReadonlySet<FieldName>;
  company: SmartmailSettings;
  onInherit: (names: readonly FieldName[]) => void;
}

interface SmartmailFieldsProps {
  draft: Draft;
  faults: Partial<Record<FieldName | 'addresses', string>>;
  inheritance?: Inheritance;
  onChange: (to: Partial<Draft>) => void;
}

export function faultWords(t: ReturnType<typeof useWords>['t'], fault: Fault | undefined): string | undefined {
  return fault && t(`portal.smartmail.settings.fault.${fault}`, { most: fault === 'daysBeforeDue' ? beforeDueMost : daysMost });
}

export function SmartmailFields({ draft, faults, inheritance, onChange }: SmartmailFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <Group title={t('portal.smartmail.settings.deadline')}>
        <Switch label={t('portal.smartmail.settings.toPaper')} description={t('portal.smartmail.settings.toPaperWhy')} checked={draft.toPaper} onChange={(event) => onChange({ toPaper: event.currentTarget.checked })} />
        <Inherited names={['toPaper']} inheritance={inheritance} />
        {draft.toPaper && (
          <>
            <div className={classes.pair}>
              <NumberInput label={t('portal.smartmail.settings.days')} size="sm" min={1} max={daysMost} allowDecimal={false} value={draft.days} onChange={(days) => onChange({ days })} error={faults.days} />
              <SegmentedControl
                size="xs"
                aria-label={t('portal.smartmail.settings.counting')}
                value={draft.bankDays ? 'bank' : 'calendar'}
                onChange={(value) => onChange({ bankDays: value === 'bank' })}
                data={(['calendar', 'bank'] as const).map((value) => ({ value, label: t(`portal.smartmail.settings.count.${value}`) }))}
              />
            </div>
            <Inherited names={['days', 'bankDays']} inheritance={inheritance} />
            <NumberInput
              label={t('portal.smartmail.settings.daysBeforeDue')}
              description={t('portal.smartmail.settings.daysBeforeDueWhy')}
              size="sm"
              min={0}
              max={beforeDueMost}
              allowDecimal={false}
              value={draft.daysBeforeDue}
              onChange={(daysBeforeDue) => onChange({ daysBeforeDue })}
              error={faults.daysBeforeDue}
            />
            <Inherited names={['daysBeforeDue']} inheritance={inheritance} />
          </>
        )}
      </Group>
      <Group title={t('portal.smartmail.settings.mail')}>
        <Radio.Group label={t('portal.smartmail.settings.form')} value={draft.form} onChange={(form) => onChange({ form: form as Draft['form'] })}>
          <div className={classes.choices}>
            <Radio value="link" label={t('portal.smartmail.settings.link')} description={t('portal.smartmail.settings.linkWhy')} />
            <Radio value="attached" label={t('portal.smartmail.settings.attached')} description={t('portal.smartmail.settings.attachedWhy')} />
          </div>
        </Radio.Group>
        {draft.form === 'attached' && (
          <p className={classes.plainWarning} role="status">
            <IconInfoCircle size={16} stroke={1.75} aria-hidden />
            {t(draft.toPaper ? 'portal.smartmail.settings.attachedPaper' : 'portal.smartmail.settings.attachedNoPaper')}
          </p>
        )}
        <Inherited names={['form']} inheritance={inheritance} />
        <TextInput
          label={t('portal.smartmail.settings.exempt')}
          description={t('portal.smartmail.settings.exemptWhy')}
          placeholder={t('portal.smartmail.settings.exemptHint')}
          size="sm"
          maxLength={1300}
          value={draft.exempt}
          onChange={(event) => onChange({ exempt: event.currentTarget.value })}
          error={faults.exempt}
        />
        <Inherited names={['exempt']} inheritance={inheritance} />
        <TextInput
          label={t('portal.smartmail.settings.remind')}
          description={t('portal.smartmail.settings.remindWhy')}
          placeholder={t('portal.smartmail.settings.remindHint')}
          size="sm"
          maxLength={60}
          value={draft.remindAfterDays}
          onChange={(event) => onChange({ remindAfterDays: event.currentTarget.value })}
          error={faults.remindAfterDays}
        />
        <Inherited names={['remindAfterDays']} inheritance={inheritance} />
        <TextInput
          type="email"
          label={t('portal.smartmail.settings.replyTo')}
          description={t('portal.smartmail.settings.replyToWhy')}
          size="sm"
          maxLength={254}
          value={draft.replyTo}
          onChange={(event) => onChange({ replyTo: event.currentTarget.value })}
          error={faults.replyTo}
        />
        <Inherited names={['replyTo']} inheritance={inheritance} />
      </Group>
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

// Whose value this is, and the way back to the company's.
function Inherited({ names, inheritance }: { names: readonly FieldName[]; inheritance: Inheritance | undefined }) {
  const { t } = useWords();
  if (!inheritance) return null;
  const own = names.some((name) => inheritance.own.has(name));
  if (!own) return <p className={classes.inherited}>{t('portal.smartmail.settings.inherited')}</p>;
  return (
    <p className={classes.inherited}>
      {t('portal.smartmail.settings.isOwn')}{' '}
      <Button variant="subtle" size="compact-xs" onClick={() => inheritance.onInherit(names)}>
        {t('portal.smartmail.settings.useCompany', { value: names.map((name) => valueWords(t, name, inheritance.company)).join(' ') })}
      </Button>
    </p>
  );
}

function valueWords(t: ReturnType<typeof useWords>['t'], name: FieldName, company: SmartmailSettings): string {
  if (name === 'bankDays') return t(`portal.smartmail.settings.count.${company.bankDays ? 'bank' : 'calendar'}`).toLowerCase();
  if (name === 'toPaper') return t(company.toPaper ? 'portal.smartmail.settings.yes' : 'portal.smartmail.settings.no');
  if (name === 'form') return t(`portal.smartmail.settings.short.${company.form}`);
  const value = company[name];
  return (Array.isArray(value) ? value.join(', ') : String(value)) || t('portal.smartmail.settings.none');
}
