// Intresseanmälningar: who wants to know more, and what has become of it. For the operator's staff.
import { Button, Checkbox, Skeleton, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconFileSearch, IconSearch, IconTableExport, IconUserQuestion } from '@tabler/icons-react';
import { leadSettingsQuery, leadsFile, leadsQuery, type Lead, type LeadFilter } from '@/api/leads';
import { sessionQuery } from '@/api/queries';
import { freshOf, today } from '@/format/dates';
import { reading } from '@/search';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { StatusBadge } from '@/ui/Status';
import tables from '@/ui/Table.module.css';
import { leadLook, leadStates, phoneText } from './leadLook';
import { readLeadsSearch } from './leadsSearch';
import classes from './Leads.module.css';

const route = getRouteApi('/frame/leads');

export function LeadsPage() {
  const { t } = useWords();
  const session = useQuery(sessionQuery).data;
  if (session && !session.user.staff) return <Notice icon={IconUserQuestion} title={t('portal.leads.onlyStaff')} page />;
  return <Leads />;
}

function Leads() {
  const { t, language, number } = useWords();
  const navigate = useNavigate();
  const filter = route.useSearch(reading(readLeadsSearch));
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(leadsQuery(filter));
  const kept = useQuery(leadSettingsQuery).data;
  const show = (next: LeadFilter) => void navigate({ to: '/leads', search: Object.fromEntries(Object.entries(next).filter(([, value]) => value)), replace: true, resetScroll: false });
  const leads = data?.pages.flatMap((page) => page.items) ?? [];
  const counts = data?.pages[0]?.counts;
  const all = counts ? Object.values(counts).reduce((sum, count) => sum + count, 0) : undefined;
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <div className={frame.page}>
      <PageHead
        title={t('portal.nav.leads')}
        quiet={all === undefined ? undefined : t('portal.leads.count', { count: all, number: number(all) })}
        actions={
          <Button component="a" href={leadsFile(filter, language)} download leftSection={<IconTableExport size={16} stroke={1.75} aria-hidden />}>
            {t('portal.leads.export')}
          </Button>
        }
      />
      <div className={classes.tools}>
        <div className={classes.states} role="group" aria-label={t('portal.leads.states')}>
          {[undefined, ...leadStates].map((state) => (
            <button key={state ?? 'all'} type="button" aria-pressed={filter.state === state} onClick={() => show({ ...filter, state })}>
              {t(`portal.leads.state.${state ?? 'all'}`)}
              <span>{number((state ? counts?.[state] : all) ?? 0)}</span>
            </button>
          ))}
        </div>
        <TextInput
          type="search"
          size="xs"
          className={classes.find}
          aria-label={t('portal.leads.find')}
          placeholder={t('portal.leads.find')}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          maxLength={100}
          value={filter.query ?? ''}
          onChange={(event) => show({ ...filter, query: event.currentTarget.value })}
        />
        <Checkbox size="xs" label={t('portal.leads.mine')} checked={filter.mine === '1'} onChange={(event) => show({ ...filter, mine: event.currentTarget.checked ? '1' : undefined })} />
      </div>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={320} />}
      {data && leads.length === 0 && !isFiltered && (
        <Notice icon={IconUserQuestion} title={t('portal.leads.none')}>
          {t('portal.leads.noneWhy', { page: `${location.host}/welcome` })}
        </Notice>
      )}
      {data && leads.length === 0 && isFiltered && <Notice icon={IconFileSearch} title={t('portal.leads.nothing')} action={<Button onClick={() => show({})}>{t('portal.leads.clear')}</Button>} />}
      {leads.length > 0 && <Table leads={leads} />}
      {hasNextPage && (
        <Button mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('portal.leads.more')}
        </Button>
      )}
      {kept && leads.length > 0 && <p className={classes.foot}>{t('portal.leads.kept', { months: kept.monthsKept })}</p>}
    </div>
  );
}

function Table({ leads }: { leads: readonly Lead[] }) {
  const { t } = useWords();
  const columns = ['name', 'state', 'contact', 'assigned', 'reminder', 'last'] as const;
  return (
    <table className={`${tables.table} ${tables.rows} ${classes.table}`} aria-label={t('portal.nav.leads')}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={classes[`${column}Column`]}>
              {t(`portal.leads.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {leads.map((lead) => (
          <Row key={lead.id} lead={lead} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ lead }: { lead: Lead }) {
  const { t } = useWords();
  const isOpen = lead.state !== 'customer' && lead.state !== 'lost';
  const isDue = isOpen && lead.remindOn !== null && lead.remindOn <= today();
  return (
    <tr>
      <th scope="row" className={classes.nameColumn}>
        <Link to="/leads/$leadId" params={{ leadId: lead.id }}>
          {lead.name}
        </Link>
        {lead.company && <span className={classes.quiet}> {lead.company}</span>}
      </th>
      <td className={classes.stateColumn}>
        <StatusBadge look={leadLook[lead.state]} word={t(`portal.leads.state.${lead.state}`)} tinted={leadLook[lead.state].tinted} size="md" />
      </td>
      <td className={classes.contactColumn}>{[lead.phone && phoneText(lead.phone), lead.email].filter(Boolean).join(', ')}</td>
      <td className={classes.assignedColumn}>{lead.assignedTo ? lead.assignedTo.name : <span className={classes.quiet}>{t('portal.leads.nobody')}</span>}</td>
      <td className={classes.reminderColumn} data-due={isDue || undefined}>
        {lead.remindOn && isOpen ? <DateText date={lead.remindOn} /> : null}
      </td>
      <td className={classes.lastColumn}>
        <DateText date={freshOf(lead.lastAt)} title={lead.lastAt} />
      </td>
    </tr>
  );
}
