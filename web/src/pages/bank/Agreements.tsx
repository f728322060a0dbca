// Agreements that have been answered: accepted, refused, ended.
import { useState } from 'react';
import { Button, Skeleton, Tabs } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconBuildingBank } from '@tabler/icons-react';
import { agreementsQuery, type AgreementStatus, type BankAgreement } from '@/api/bank';
import { asProblem, problemWords } from '@/api/problem';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { nameOf, useAbout, useDecision } from './Application';
import classes from './Bank.module.css';

const answered = ['accepted', 'refused', 'ended'] as const satisfies readonly AgreementStatus[];
type Answered = (typeof answered)[number];

export function Agreements() {
  const { t, number } = useWords();
  const [status, setStatus] = useState<Answered>('accepted');
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(agreementsQuery(status));
  const counts = data?.pages[0]?.counts;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const nobody = counts && counts.applied + counts.accepted + counts.refused + counts.ended === 0;
  return (
    <section className={classes.section} aria-labelledby="bank-agreements">
      <h2 id="bank-agreements">{t('portal.bank.agreements')}</h2>
      <Tabs value={status} onChange={(value) => setStatus(value as Answered)} className={classes.tabs}>
        <Tabs.List aria-labelledby="bank-agreements">
          {answered.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`portal.bank.tabs.${one}`, { count: counts?.[one] ?? 0, number: number(counts?.[one] ?? 0) })}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={120} />}
      {nobody && (
        <Notice icon={IconBuildingBank} title={t('portal.bank.none')}>
          {t('portal.bank.noneWhy')}
        </Notice>
      )}
      {items.length > 0 && (
        <ul className={classes.rows}>
          {items.map((one) => (
            <Agreement key={one.id} agreement={one} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button size="sm" variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('portal.bank.more')}
        </Button>
      )}
    </section>
  );
}

function Agreement({ agreement }: { agreement: BankAgreement }) {
  const { t } = useWords();
  const about = useAbout(agreement);
  const decide = useDecision(agreement);
  const [ending, setEnding] = useState(false);
  const name = nameOf(agreement);
  const answers = [
    agreement.answeredAt && t(agreement.by ? 'portal.bank.answered' : 'portal.bank.answeredByItself', { date: dateOf(agreement.answeredAt), by: agreement.by ?? '' }),
    agreement.endedAt && t('portal.bank.ended', { date: dateOf(agreement.endedAt) }),
    agreement.reason,
  ].filter(Boolean);
  return (
    <li>
      <div className={classes.who}>
        <p className={classes.name}>{agreement.counterpartName ?? name}</p>
        <p className={classes.quiet}>{about}</p>
        <p className={classes.quiet}>{answers.join(' · ')}</p>
        {ending && <p role="status">{t('portal.bank.endWhy', { name })}</p>}
        {decide.error && (
          <p role="alert" className={classes.fault}>
            {problemWords(t, asProblem(decide.error)).what}
          </p>
        )}
      </div>
      {agreement.status === 'accepted' && (
        <div className={classes.acts}>
          <Button size="sm" variant={ending ? 'filled' : 'subtle'} {...(ending ? { color: 'red' } : {})} aria-label={t('portal.bank.endOf', { name })} loading={decide.isPending} onClick={() => (ending ? decide.mutate({ decision: 'end' }) : setEnding(true))}>
            {t('portal.bank.end')}
          </Button>
          {ending && (
            <Button size="sm" variant="subtle" onClick={() => setEnding(false)}>
              {t('portal.bank.keep')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
