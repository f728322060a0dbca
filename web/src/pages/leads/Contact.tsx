// Who it is and how it is reached, corrected: as strict as the form that it came by, and only what was changed is sent.
import { useState, type FormEvent } from 'react';
import { Button, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { LeadChange, LeadDetail } from '@/api/leads';
import { useWords } from '@/texts/useWords';
import { likelierAddress } from '../welcome/typo';
import { useContact } from '../welcome/useContact';
import { phoneText } from './leadLook';
import { useChange } from './useChange';
import classes from './Leads.module.css';

const fields = ['name', 'company', 'phone', 'email'] as const;
type Field = (typeof fields)[number];
type Written = Record<Field, string>;

const writtenOf = (lead: LeadDetail): Written => ({ name: lead.name, company: lead.company ?? '', phone: lead.phone ? phoneText(lead.phone) : '', email: lead.email ?? '' });

function changeOf(before: Written, { name, company, phone, email }: Written): LeadChange {
  return {
    ...(name.trim() !== before.name ? { name: name.trim() } : {}),
    ...(company.trim() !== before.company ? { company: company.trim() || null } : {}),
    ...(phone.trim() !== before.phone ? { phone: phone.trim() || null } : {}),
    ...(email.trim() !== before.email ? { email: email.trim() || null } : {}),
  };
}

export function Contact({ lead }: { lead: LeadDetail }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  if (open) return <Form lead={lead} onDone={() => setOpen(false)} />;
  return (
    <Button className={classes.start} variant="subtle" size="xs" leftSection={<IconPencil size={16} stroke={1.75} aria-hidden />} onClick={() => setOpen(true)}>
      {t('portal.leads.correct')}
    </Button>
  );
}

function Form({ lead, onDone }: { lead: LeadDetail; onDone: () => void }) {
  const { t } = useWords();
  const change = useChange(lead.id);
  const [before] = useState(() => writtenOf(lead));
  const { box, tell, refuse, beside, written, given, missing } = useContact(fields, before);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    const found = missing(t('portal.leads.nameMissing'));
    tell(found);
    if (Object.keys(found).length > 0) return;
    const body = changeOf(before, written);
    if (Object.keys(body).length === 0) return onDone();
    change.mutate(body, { onSuccess: onDone, onError: refuse });
  };
  const other = beside(change.error);
  const meant = written.email === before.email ? undefined : likelierAddress(written.email);
  return (
    <form ref={box} className={classes.panel} noValidate onSubmit={submit} aria-label={t('portal.leads.correct')}>
      <TextInput size="sm" required withAsterisk={false} data-autofocus autoFocus maxLength={120} autoComplete="off" label={t('portal.welcome.name')} {...given('name')} />
      <TextInput size="sm" maxLength={120} autoComplete="off" label={t('portal.welcome.company')} {...given('company')} />
      <TextInput size="sm" type="tel" maxLength={40} autoComplete="off" label={t('portal.welcome.phone')} {...given('phone')} />
      <TextInput size="sm" type="email" maxLength={254} autoComplete="off" label={t('portal.welcome.email')} {...given('email')} />
      {meant && (
        <p className={classes.quiet} role="status">
          {t('portal.leads.typo', { address: meant })}
        </p>
      )}
      {other && (
        <p role="alert" className={classes.fault}>
          {other.what} {other.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" loading={change.isPending}>
          {t('portal.leads.save')}
        </Button>
        <Button size="sm" variant="subtle" onClick={onDone}>
          {t('portal.leads.cancel')}
        </Button>
      </div>
    </form>
  );
}
