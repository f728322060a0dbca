// One lead: how it is reached, what it wrote, what was said since, and what is to be done.
import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconMail, IconPhone, IconTrash, IconUserQuestion } from '@tabler/icons-react';
import { api } from '@/api/client';
import { leadQuery, type LeadDetail } from '@/api/leads';
import { ApiProblem } from '@/api/problem';
import { dateOf, dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { StatusBadge } from '@/ui/Status';
import { Contact } from './Contact';
import { FollowUp } from './FollowUp';
import { leadLook, mailtoOf, phoneText } from './leadLook';
import { MakeCustomer } from './MakeCustomer';
import { Notes } from './Notes';
import classes from './Leads.module.css';

const route = getRouteApi('/frame/leads/$leadId');

export function LeadPage() {
  const { t } = useWords();
  const { leadId } = route.useParams();
  const { data, error, refetch } = useQuery({ ...leadQuery(leadId), retry: false });
  const isGone = error instanceof ApiProblem && (error.problem.status === 404 || error.problem.status === 403);
  return (
    <div className={frame.page}>
      <Link to="/leads" className={classes.back}>
        {t('portal.leads.back')}
      </Link>
      {isGone && <Notice icon={IconUserQuestion} title={t('portal.pageMissing')} page />}
      {error && !isGone && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={320} mt="md" />}
      {data && <Shown key={data.id} lead={data} />}
    </div>
  );
}

function Shown({ lead }: { lead: LeadDetail }) {
  const { t } = useWords();
  const look = leadLook[lead.state];
  return (
    <>
      <PageHead
        title={lead.name}
        quiet={lead.company ?? undefined}
        actions={<StatusBadge look={look} word={t(`portal.leads.state.${lead.state}`)} tinted size="lg" />}
      />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Facts lead={lead} />
          <section className={classes.section} aria-labelledby="message">
            <h2 id="message">{t('portal.leads.message')}</h2>
            {lead.message ? <p className={classes.said}>{lead.message}</p> : <p className={classes.quiet}>{t('portal.leads.noMessage')}</p>}
          </section>
          <Notes lead={lead} />
        </div>
        <div className={classes.column}>
          <FollowUp lead={lead} />
          <MakeCustomer lead={lead} />
          <Erase lead={lead} />
        </div>
      </div>
    </>
  );
}

function Facts({ lead }: { lead: LeadDetail }) {
  const { t } = useWords();
  const date = dateTimeOf(lead.createdAt);
  return (
    <div className={classes.facts}>
      <p className={classes.ways}>
        {lead.phone && (
          <a href={`tel:${lead.phone}`} aria-label={`${t('portal.leads.call')} ${phoneText(lead.phone)}`}>
            <IconPhone size={16} stroke={1.75} aria-hidden />
            {phoneText(lead.phone)}
          </a>
        )}
        {lead.email && (
          <a href={mailtoOf(lead.email)} aria-label={`${t('portal.leads.mail')} ${lead.email}`}>
            <IconMail size={16} stroke={1.75} aria-hidden />
            {lead.email}
          </a>
        )}
      </p>
      <Contact lead={lead} />
      <p className={classes.quiet}>
        {lead.source ? t('portal.leads.came', { date, page: lead.source }) : t('portal.leads.cameBare', { date })}
        {lead.times > 1 && `. ${t('portal.leads.times', { count: lead.times })}`}. {t(`portal.leads.language.${lead.language}`)}.
      </p>
      <p className={classes.quiet}>{lead.consent ? t('portal.leads.consent', { version: lead.consent.version, date: lead.consent.at ? dateOf(lead.consent.at) : '' }) : t('portal.leads.noConsent')}</p>
      {lead.lostReason && <p>{t('portal.leads.lostBecause', { reason: lead.lostReason })}</p>}
    </div>
  );
}

function Erase({ lead }: { lead: LeadDetail }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const erase = useMutation({
    mutationFn: () => api.delete('/api/v1/leads/{leadId}', { path: { leadId: lead.id } }),
    onSuccess: async () => {
      await navigate({ to: '/leads' });
      client.removeQueries({ queryKey: leadQuery(lead.id).queryKey });
      await client.invalidateQueries({ queryKey: ['leads'] });
    },
  });
  if (!sure)
    return (
      <Button className={classes.start} variant="subtle" color="gray" size="xs" leftSection={<IconTrash size={16} stroke={1.75} aria-hidden />} onClick={() => setSure(true)}>
        {t('portal.leads.erase')}
      </Button>
    );
  return (
    <div className={classes.panel} role="alert">
      <p>{t('portal.leads.eraseSure', { name: lead.name })}</p>
      {erase.error && <ErrorNotice error={erase.error} />}
      <div className={classes.buttons}>
        <Button size="sm" color="red" variant="filled" loading={erase.isPending} onClick={() => erase.mutate()}>
          {t('portal.leads.erase')}
        </Button>
        <Button size="sm" variant="subtle" onClick={() => setSure(false)}>
          {t('portal.leads.cancel')}
        </Button>
      </div>
    </div>
  );
}
