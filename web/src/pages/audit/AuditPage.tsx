// Granskningslogg: who saw, changed, downloaded and sent what. A row opens to all that is known of it.
import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { IconFileSearch, IconListSearch, IconLock } from '@tabler/icons-react';
import { auditQuery } from '@/api/audit';
import { useMay } from '@/api/may';
import { sessionQuery } from '@/api/queries';
import { reading } from '@/search';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { useDelayed } from '@/ui/useDelayed';
import frame from '@/ui/SettingsPage.module.css';
import { AuditFilters } from './AuditFilters';
import { AuditRow } from './AuditRow';
import { readAuditSearch, type AuditSearch } from './auditSearch';
import classes from './Audit.module.css';

const route = getRouteApi('/frame/settings/audit');

export function AuditPage() {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const may = useMay('audit:read');
  return (
    <div className={frame.page}>
      <PageHead title={t('portal.settings.audit')} />
      {!may && (
        <Notice icon={IconLock} title={t('portal.audit.forbidden')}>
          {t('portal.audit.forbiddenWhy')}
        </Notice>
      )}
      {may && <Trail companies={session.companies} />}
    </div>
  );
}

function Trail({ companies }: { companies: readonly { id: string; name: string }[] }) {
  const { t } = useWords();
  const search = route.useSearch(reading(readAuditSearch));
  const navigate = useNavigate();
  const { row, ...filter } = search;
  const { data, error, isPending, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(auditQuery(filter));
  const waiting = useDelayed(isPending);
  const entries = data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.keys(filter).length > 0;
  const show = (next: AuditSearch) => void navigate({ to: '/settings/audit', search: next, replace: true, resetScroll: false });
  const nameOf = new Map(companies.map(({ id, name }) => [id, name]));
  return (
    <div className={`${frame.body} ${classes.body}`}>
      <p className={frame.lead}>{t('portal.audit.lead')}</p>
      <AuditFilters filter={filter} entries={entries} companies={companies} onChange={show} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {waiting && <Skeleton height={320} />}
      {data && entries.length === 0 && !filtered && (
        <Notice icon={IconListSearch} title={t('portal.audit.none')}>
          {t('portal.audit.noneWhy')}
        </Notice>
      )}
      {data && entries.length === 0 && filtered && (
        <Notice icon={IconFileSearch} title={t('portal.audit.noneFound')} action={<Button onClick={() => show({})}>{t('portal.audit.clear')}</Button>}>
          {t('portal.audit.noneFoundWhy')}
        </Notice>
      )}
      {entries.length > 0 && (
        <ol className={classes.rows}>
          {entries.map((entry) => {
            const key = `${entry.company}.${entry.sequence}`;
            return (
              <AuditRow
                key={key}
                entry={entry}
                company={companies.length > 1 ? nameOf.get(entry.company) : undefined}
                open={row === key}
                onToggle={() => show(row === key ? filter : { ...filter, row: key })}
                onPerson={(person) => show({ ...filter, person })}
              />
            );
          })}
        </ol>
      )}
      {hasNextPage && (
        <Button className={classes.more} loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('portal.audit.more')}
        </Button>
      )}
    </div>
  );
}
