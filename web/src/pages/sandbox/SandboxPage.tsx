// The company's sandbox: made, entered, emptied; its first key, shown once; and who receives in it.
import { useState } from 'react';
import { Button, CopyButton, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconCopy } from '@tabler/icons-react';
import { api } from '@/api/client';
import { useMay } from '@/api/may';
import { sessionQuery, takeSession } from '@/api/queries';
import { sandboxQuery, type SandboxMade, type SandboxState } from '@/api/sandbox';
import { showAnswer } from '@/api/showAnswer';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { Fault } from './Fault';
import { Receivers } from './Receivers';
import classes from './Sandbox.module.css';

export function SandboxPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(sandboxQuery);
  return (
    <div className={frame.page}>
      <PageHead title={t('portal.settings.sandbox')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={320} mt="md" />}
      {data && (
        <div className={classes.body}>
          <p className={frame.lead}>{t('portal.sandbox.lead')}</p>
          <Itself state={data} />
          <Receivers state={data} />
        </div>
      )}
    </div>
  );
}

function Itself({ state }: { state: SandboxState }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [made, setMade] = useState<SandboxMade>();
  const mayMake = useMay('keys:write');
  const make = useMutation({
    mutationFn: () => api.post('/api/v1/sandbox', {}),
    onSuccess: async (answer) => {
      setMade(answer);
      await client.invalidateQueries({ queryKey: sandboxQuery.queryKey });
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const enter = useMutation({
    mutationFn: (companyId: string) => api.put('/api/v1/session', { body: { companyId } }),
    onSuccess: async (next) => {
      await navigate({ to: '/settings/sandbox' });
      await showAnswer(client, sessionQuery.queryKey, takeSession(next));
      // Reset, not removed: this page stands where it is and must ask anew.
      await client.resetQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    },
  });
  const { sandbox, inside } = state;
  const goal = inside ? session.company.sandboxOf : sandbox?.id;
  return (
    <section className={classes.section}>
      {!sandbox && <p className={classes.quiet}>{t('portal.sandbox.none')}</p>}
      {sandbox && <p className={classes.quiet}>{t('portal.sandbox.since', { when: dateTimeOf(sandbox.createdAt) })}</p>}
      {made && <Secret made={made} onKept={() => setMade(undefined)} />}
      <Fault error={make.error ?? enter.error} />
      <div className={classes.acts}>
        {!sandbox && (
          <Button size="sm" variant="filled" disabled={!mayMake} loading={make.isPending} onClick={() => make.mutate()}>
            {t('portal.sandbox.make')}
          </Button>
        )}
        {goal && (
          <Button size="sm" variant={inside ? 'default' : 'filled'} loading={enter.isPending} onClick={() => enter.mutate(goal)}>
            {t(inside ? 'portal.sandbox.leave' : 'portal.sandbox.enter')}
          </Button>
        )}
      </div>
      {sandbox && mayMake && <Emptying />}
      {!mayMake && <p className={classes.quiet}>{t('portal.sandbox.mayNot')}</p>}
    </section>
  );
}

function Secret({ made, onKept }: { made: SandboxMade; onKept: () => void }) {
  const { t } = useWords();
  const { secret } = made.key;
  return (
    <div className={classes.secret} role="group" aria-label={t('portal.sandbox.keyTitle')}>
      <h2>{t('portal.sandbox.keyTitle')}</h2>
      <p className={classes.quiet}>{t('portal.sandbox.keyOnce')}</p>
      <code>{secret}</code>
      <div className={classes.acts}>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="sm" variant="filled" leftSection={<IconCopy size={16} stroke={1.75} aria-hidden />} onClick={copy}>
              <span aria-live="polite">{copied ? t('portal.sandbox.copied') : t('portal.sandbox.copy', { value: t('portal.sandbox.keyTitle') })}</span>
            </Button>
          )}
        </CopyButton>
        <Button size="sm" variant="subtle" onClick={onKept}>
          {t('portal.sandbox.keyDone')}
        </Button>
      </div>
    </div>
  );
}

// What cannot be undone is asked about once.
function Emptying() {
  const { t } = useWords();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const empty = useMutation({
    mutationFn: () => api.post('/api/v1/sandbox/reset', {}),
    onSuccess: async () => {
      setAsking(false);
      await client.invalidateQueries();
    },
  });
  return (
    <>
      <Fault error={empty.error} />
      {asking && <p role="status">{t('portal.sandbox.emptyWhy')}</p>}
      {empty.isSuccess && !asking && <p role="status">{t('portal.sandbox.emptied')}</p>}
      <div className={classes.acts}>
        {!asking && (
          <Button size="sm" variant="subtle" onClick={() => setAsking(true)}>
            {t('portal.sandbox.empty')}
          </Button>
        )}
        {asking && (
          <>
            <Button size="sm" variant="filled" loading={empty.isPending} onClick={() => empty.mutate()}>
              {t('portal.sandbox.emptyYes')}
            </Button>
            <Button size="sm" variant="subtle" onClick={() => setAsking(false)}>
              {t('portal.sandbox.keep')}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
