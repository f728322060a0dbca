// Attempts to hand a message over, each with its code, its time and the beginning of the answer.
import type { WebhookAttempt } from '@/api/webhooks';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { deliveryLook } from '@/ui/icons';
import classes from './Webhooks.module.css';

export function Attempt({ attempt }: { attempt: WebhookAttempt }) {
  const { t, number } = useWords();
  const { Icon: Mark, colour } = deliveryLook(attempt.taken ? 'delivered' : 'failed');
  const why = attempt.code ? t(`portal.webhooks.code.${attempt.code}`, { defaultValue: attempt.detail ?? attempt.code }) : '';
  const answered = attempt.status === null ? why || t('portal.webhooks.noAnswer') : t('portal.webhooks.answered', { status: attempt.status });
  return (
    <div className={classes.attempt}>
      <Mark size={18} stroke={1.75} color={`var(--st-${colour})`} aria-hidden />
      <div>
        <p>
          <strong>{t(attempt.taken ? 'portal.webhooks.taken' : 'portal.webhooks.notTaken')}</strong> {answered}
        </p>
        <p className={classes.quiet}>
          {t('portal.webhooks.attempt', { number: attempt.number })} · <DateText date={dateTimeOf(attempt.startedAt)} />
          {attempt.milliseconds !== null && ` · ${number(attempt.milliseconds)} ms`}
        </p>
        {attempt.answer && (
          <pre className={classes.answer} tabIndex={0} role="region" aria-label={t('portal.webhooks.attempt', { number: attempt.number })}>
            {attempt.answer}
          </pre>
        )}
      </div>
    </div>
  );
}
