// Webhooks: what a program of the company's own is told, where, and how that goes.
import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useMay } from '@/api/may';
import { webhooksQuery } from '@/api/webhooks';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { Secret } from './Secret';
import { WebhookForm } from './WebhookForm';
import { WebhookRow } from './WebhookRow';
import classes from './Webhooks.module.css';

export function WebhooksPage() {
  const { t } = useWords();
  const mayRead = useMay('webhooks:read');
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.webhooks')} />
      {!mayRead && (
        <Notice icon={IconWebhook} title={t('portal.webhooks.mayNot')}>
          {t('portal.webhooks.mayNotWhy')}
        </Notice>
      )}
      {mayRead && <Webhooks />}
    </div>
  );
}

function Webhooks() {
  const { t } = useWords();
  const mayWrite = useMay('webhooks:write');
  const { data, error, refetch } = useQuery(webhooksQuery);
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={320} mt="md" />;
  const make = mayWrite && !making && (
    <Button size="sm" variant="filled" leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => setMaking(true)}>
      {t('portal.webhooks.make')}
    </Button>
  );
  return (
    <div className={`${frame.body} ${classes.body}`}>
      <p className={frame.lead}>{t('portal.webhooks.lead')}</p>
      {!mayWrite && <p className={classes.quiet}>{t('portal.webhooks.readOnly')}</p>}
      {secret && <Secret secret={secret} onClose={() => setSecret(undefined)} />}
      {making && (
        <WebhookForm
          eventTypes={data.eventTypes}
          onClose={() => setMaking(false)}
          onSaved={(made) => {
            setMaking(false);
            setSecret(made ?? undefined);
          }}
        />
      )}
      {data.items.length === 0 && !making && (
        <Notice icon={IconWebhook} title={t('portal.webhooks.none')} action={make || undefined}>
          {t('portal.webhooks.noneWhy')}
        </Notice>
      )}
      {data.items.length > 0 && (
        <>
          <div>{make}</div>
          <ul className={classes.list} aria-label={t('portal.settings.webhooks')}>
            {data.items.map((webhook) => (
              <li key={webhook.id}>
                <WebhookRow webhook={webhook} eventTypes={data.eventTypes} mayWrite={mayWrite} onSecret={setSecret} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
