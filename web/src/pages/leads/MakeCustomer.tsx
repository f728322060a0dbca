// Gör till kund: the company by its organisation number, and its first user, in one act.
import { useState } from 'react';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconBuildings, IconCircleCheck } from '@tabler/icons-react';
import { api } from '@/api/client';
import type { LeadBecame, LeadDetail } from '@/api/leads';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { useCopy } from '@/ui/useCopy';
import { NumberField } from '../company/IdentifierFields';
import { useShown } from './useChange';
import classes from './Leads.module.css';

export function MakeCustomer({ lead }: { lead: LeadDetail }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [became, setBecame] = useState<LeadBecame>();
  if (became) return <Became became={became} />;
  if (lead.customer) return <CustomerLink name={lead.customer.name} />;
  if (!open)
    return (
      <Button className={classes.start} size="sm" variant="filled" leftSection={<IconBuildings size={16} stroke={1.75} aria-hidden />} onClick={() => setOpen(true)}>
        {t('portal.leads.makeCustomer')}
      </Button>
    );
  return <Form lead={lead} onMade={setBecame} onCancel={() => setOpen(false)} />;
}

function Form({ lead, onMade, onCancel }: { lead: LeadDetail; onMade: (became: LeadBecame) => void; onCancel: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const show = useShown(lead.id);
  const [name, setName] = useState(lead.company ?? '');
  const [number, setNumber] = useState('');
  const [invites, setInvites] = useState(lead.email !== null);
  const [person, setPerson] = useState({ name: lead.name, email: lead.email ?? '' });
  const make = useMutation({
    mutationFn: (invites: boolean) =>
      api.post('/api/v1/leads/{leadId}/customer', {
        path: { leadId: lead.id },
        body: { name: name.trim(), identifier: `0007:${number.trim()}`, user: invites ? { name: person.name.trim(), email: person.email.trim(), language: lead.language } : null },
      }),
    onSuccess: (became) => {
      for (const key of ['groups', 'companies', 'session']) void client.invalidateQueries({ queryKey: [key] });
      onMade(became);
      void show(became.lead);
    },
  });
  const fault = make.error ? problemWords(t, asProblem(make.error)) : undefined;
  // Who becomes administrator of a customer that is there already is not for a public form to bring about.
  const existed = make.error !== null && asProblem(make.error).code === 'customer-exists';
  const isWhole = name.trim() !== '' && number.trim() !== '' && (!invites || (person.name.trim() !== '' && person.email.trim() !== ''));
  return (
    <form
      className={classes.panel}
      aria-label={t('portal.leads.makeCustomer')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole && !make.isPending) make.mutate(invites);
      }}
    >
      <p className={classes.quiet}>{t('portal.leads.customerWhy')}</p>
      <TextInput size="sm" required withAsterisk={false} maxLength={120} label={t('portal.leads.legalName')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <NumberField scheme="0007" label={t('portal.leads.orgnr')} value={number} onValue={setNumber} />
      <Checkbox size="sm" label={t('portal.leads.invite')} checked={invites} onChange={(event) => setInvites(event.currentTarget.checked)} />
      {invites && (
        <fieldset className={classes.person}>
          <legend className="visually-hidden">{t('portal.leads.user')}</legend>
          <TextInput size="sm" required withAsterisk={false} maxLength={120} label={t('portal.leads.userName')} value={person.name} onChange={(event) => setPerson({ ...person, name: event.currentTarget.value })} />
          <TextInput size="sm" type="email" required withAsterisk={false} maxLength={254} label={t('portal.leads.userEmail')} value={person.email} onChange={(event) => setPerson({ ...person, email: event.currentTarget.value })} />
        </fieldset>
      )}
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" loading={make.isPending} disabled={!isWhole}>
          {t('portal.leads.create')}
        </Button>
        {existed && (
          <Button size="sm" loading={make.isPending} onClick={() => make.mutate(false)}>
            {t('portal.leads.linkOnly')}
          </Button>
        )}
        <Button size="sm" variant="subtle" onClick={onCancel}>
          {t('portal.leads.cancel')}
        </Button>
      </div>
    </form>
  );
}

function Became({ became }: { became: LeadBecame }) {
  const { t } = useWords();
  const [copied, copy] = useCopy();
  const { invitation } = became;
  const link = invitation?.link ? location.origin + invitation.link : undefined;
  return (
    <div className={classes.panel} role="status">
      <CustomerLink name={became.company.name} />
      <p>
        {t(became.existed ? 'portal.leads.becameExisting' : 'portal.leads.becameNew')} {invitation && !link && t('portal.leads.invited', { email: invitation.email })}
      </p>
      {link && (
        <>
          <p>{t('portal.leads.invitedLink')}</p>
          <TextInput size="sm" readOnly aria-label={t('portal.leads.invitedLink')} value={link} onFocus={(event) => event.currentTarget.select()} />
          <Button size="sm" className={classes.start} onClick={() => copy(link)}>
            {t(copied ? 'portal.copied' : 'portal.copy')}
          </Button>
        </>
      )}
    </div>
  );
}

function CustomerLink({ name }: { name: string }) {
  const { t } = useWords();
  return (
    <p className={classes.customer}>
      <IconCircleCheck size={18} stroke={1.75} aria-hidden />
      <span>
        {t('portal.leads.became', { company: name })}. <Link to="/customers" search={{ query: name }}>{t('portal.leads.openCustomer')}</Link>
      </span>
    </p>
  );
}
