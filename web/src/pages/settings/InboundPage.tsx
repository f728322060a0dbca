// The address that a company's suppliers mail their e-invoices to: made, copied, changed, turned off.
import { useState } from 'react';
import { Button, CopyButton, Skeleton } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCopy } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import type { components } from '@/api/schema';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import classes from './Settings.module.css';

type InboundInvoices = components['schemas']['InboundInvoices'];
type Change = components['schemas']['InboundInvoicesChange'];

const inboundQuery = queryOptions({
  queryKey: ['inbound-invoices'],
  queryFn: ({ signal }) => api.get('/api/v1/settings/inbound-invoices', { signal }),
});

export function InboundPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(inboundQuery);
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.inbound')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={160} mt="md" />}
      {data && <Inbound saved={data} />}
    </div>
  );
}

// What ends the address that suppliers know is asked about once.
const endings = { renew: { on: true, renew: true }, turnOff: { on: false } } as const satisfies Record<string, Change>;
type Ending = keyof typeof endings;

function Inbound({ saved }: { saved: InboundInvoices }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [ending, setEnding] = useState<Ending>();
  const change = useMutation({
    mutationFn: (body: Change) => api.put('/api/v1/settings/inbound-invoices', { body }),
    onSuccess: (answer) => {
      client.setQueryData(inboundQuery.queryKey, answer);
      setEnding(undefined);
    },
  });
  const fault = change.error ? problemWords(t, asProblem(change.error)) : undefined;
  return (
    <div className={classes.inbound}>
      <p className={`${frame.lead} ${classes.lead}`}>{t('portal.inbound.lead')}</p>
      <p className={classes.quiet}>{t('portal.inbound.formats')}</p>
      {!saved.available && <p className={classes.fault}>{t('portal.inbound.off')}</p>}
      {saved.address ? (
        <div className={classes.address} role="group" aria-label={t('portal.inbound.address')}>
          <code>{saved.address}</code>
          <CopyButton value={saved.address}>
            {({ copied, copy }) => (
              <Button leftSection={<IconCopy size={16} stroke={1.75} aria-hidden />} onClick={copy}>
                <span aria-live="polite">{t(copied ? 'portal.inbound.copied' : 'portal.inbound.copy')}</span>
              </Button>
            )}
          </CopyButton>
        </div>
      ) : (
        <p className={classes.quiet}>{t('portal.inbound.none')}</p>
      )}
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      {ending && <p role="status">{t(`portal.inbound.${ending}Why`)}</p>}
      <div className={classes.buttons}>
        {!saved.on && (
          <Button variant="filled" size="sm" disabled={!saved.available} loading={change.isPending} onClick={() => change.mutate({ on: true })}>
            {t('portal.inbound.turnOn')}
          </Button>
        )}
        {saved.on && !ending && (
          <>
            <Button size="sm" disabled={!saved.available} onClick={() => setEnding('renew')}>
              {t('portal.inbound.renew')}
            </Button>
            <Button size="sm" variant="subtle" onClick={() => setEnding('turnOff')}>
              {t('portal.inbound.turnOff')}
            </Button>
          </>
        )}
        {ending && (
          <>
            <Button size="sm" variant="filled" loading={change.isPending} onClick={() => change.mutate(endings[ending])}>
              {t(`portal.inbound.${ending}`)}
            </Button>
            <Button size="sm" variant="subtle" onClick={() => setEnding(undefined)}>
              {t('portal.inbound.keep')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
