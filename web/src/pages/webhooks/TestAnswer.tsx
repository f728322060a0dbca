// How a test was answered, as it comes.
import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { messageQuery } from '@/api/webhooks';
import { useWords } from '@/texts/useWords';
import { Attempt } from './Attempts';
import classes from './Webhooks.module.css';

export function TestAnswer({ webhookId, messageId }: { webhookId: string; messageId: string }) {
  const { t } = useWords();
  const { data } = useQuery(messageQuery(webhookId, messageId));
  const last = data?.tried.at(-1);
  const isOver = data && data.state !== 'waiting';
  return (
    <div role="status" className={classes.form}>
      <h4>{t('portal.webhooks.testAnswer')}</h4>
      {isOver && last ? (
        <Attempt attempt={last} />
      ) : (
        <p className={classes.quiet}>
          <Loader size={14} aria-hidden /> {t('portal.webhooks.testing')}
        </p>
      )}
    </div>
  );
}
