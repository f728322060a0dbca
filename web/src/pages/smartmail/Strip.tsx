// Where the Smartmail of the period stands: one bar, a figure for each state, and the postage that was not spent.
import { IconAlertCircle, IconEye, IconMail, IconMailX, IconPrinter, type Icon } from '@tabler/icons-react';
import type { SmartmailSummary } from '@/api/smartmail';
import { percentage } from '@/format/amounts';
import { useWords } from '@/texts/useWords';
import type { StatusColour } from '@/theme/tokens';
import type { Tab } from './smartmailSearch';
import classes from './Smartmail.module.css';

export const stateLooks: Record<Tab, { Icon: Icon; colour: StatusColour }> = {
  opened: { Icon: IconEye, colour: 'green' },
  waiting: { Icon: IconMail, colour: 'blue' },
  posted: { Icon: IconPrinter, colour: 'gray' },
  bounced: { Icon: IconMailX, colour: 'red' },
  failed: { Icon: IconAlertCircle, colour: 'red' },
};
const order: readonly Tab[] = ['opened', 'waiting', 'posted', 'bounced', 'failed'];

export function Strip({ counts, saved }: { counts: Record<Tab, number>; saved: SmartmailSummary['saved'] }) {
  const { t, language, number, amount } = useWords();
  const total = order.reduce((sum, state) => sum + counts[state], 0);
  const shown = order.filter((state) => counts[state] > 0 || state !== 'failed');
  const said = shown.map((state) => `${t(`portal.smartmail.state.${state}`)} ${number(counts[state])}`).join(', ');
  return (
    <section className={classes.strip} aria-label={t('portal.smartmail.standing')}>
      <div className={classes.bar} role="img" aria-label={said}>
        {shown
          .filter((state) => counts[state] > 0)
          .map((state) => (
            <span key={state} style={{ flexGrow: counts[state], background: `var(--st-${stateLooks[state].colour})` }} />
          ))}
      </div>
      <dl className={classes.figures}>
        {shown.map((state) => {
          const { Icon: Mark, colour } = stateLooks[state];
          return (
            <div key={state}>
              <dt>
                <Mark size={16} stroke={1.75} color={`var(--st-${colour})`} aria-hidden />
                {t(`portal.smartmail.state.${state}`)}
              </dt>
              <dd>
                <strong>{number(counts[state])}</strong>{' '}
                {total > 0 && <span className={classes.quiet}>{percentage(counts[state], total, language)}&nbsp;%</span>}
              </dd>
            </div>
          );
        })}
        <div className={classes.saved}>
          <dt>{t('portal.smartmail.saved')}</dt>
          <dd>{saved.length > 0 ? <strong>{saved.map(amount).join(' · ')}</strong> : <span className={classes.quiet}>{t('portal.smartmail.savedNothing')}</span>}</dd>
        </div>
      </dl>
    </section>
  );
}
