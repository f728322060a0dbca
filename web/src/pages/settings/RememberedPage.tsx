// What is corrected by itself for a counterpart: who asked for it, how often it was used, and the way to withdraw it.
import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconRepeat } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { rememberedQuery, type RememberedRule } from '@/api/stops';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import classes from './Settings.module.css';

export function RememberedPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(rememberedQuery);
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.remembered')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={160} mt="md" />}
      {data?.items.length === 0 && (
        <Notice icon={IconRepeat} title={t('portal.remembered.none')}>
          {t('portal.remembered.noneWhy')}
        </Notice>
      )}
      {data && data.items.length > 0 && (
        <>
          <p className={`${frame.lead} ${classes.lead}`}>{t('portal.remembered.lead')}</p>
          <ul className={classes.rules}>
            {data.items.map((rule) => (
              <Rule key={rule.id} rule={rule} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Rule({ rule }: { rule: RememberedRule }) {
  const { t, language, number } = useWords();
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => api.delete('/api/v1/rules-remembered/{ruleId}', { path: { ruleId: rule.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: rememberedQuery.queryKey }),
  });
  const title = rule.title[language];
  return (
    <li data-withdrawn={rule.withdrawnAt !== null || undefined}>
      <div>
        <p>
          {rule.value === null
            ? t('portal.remembered.saysEmpty', { name: rule.counterpart.name ?? '', term: title })
            : t('portal.remembered.says', { name: rule.counterpart.name ?? '', term: title, value: rule.value })}
        </p>
        <p className={classes.quiet}>
          {[
            rule.cause.title[language],
            t('portal.remembered.made', { date: dateOf(rule.createdAt), name: rule.createdBy ?? '' }),
            t('portal.remembered.used', { count: rule.used, number: number(rule.used) }),
          ].join(' · ')}
        </p>
        {withdraw.error && (
          <p role="alert" className={classes.fault}>
            {problemWords(t, asProblem(withdraw.error)).what}
          </p>
        )}
      </div>
      {rule.withdrawnAt ? (
        <span className={classes.quiet}>
          {t('portal.remembered.withdrawn')} <DateText date={dateOf(rule.withdrawnAt)} />
        </span>
      ) : (
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()} aria-label={t('portal.remembered.withdrawOf', { term: title, name: rule.counterpart.name ?? '' })}>
          {t('portal.remembered.withdraw')}
        </Button>
      )}
    </li>
  );
}
