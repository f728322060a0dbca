// A partner in figures: amounts each way, how often it was right the first time, how long until it is opened.
import { Link } from '@tanstack/react-router';
import type { PartnerDetail } from '@/api/queries';
import { dateOf } from '@/format/dates';
import { percentage } from '@/format/amounts';
import { useWords } from '@/texts/useWords';
import { PartnerStatus } from './PartnerStatus';
import classes from './Partners.module.css';

const hour = 3600;
const day = 24 * hour;

export function Figures({ partner }: { partner: PartnerDetail }) {
  const { t, language, number, amount } = useWords();
  const { rightFirstTime: right, openedAfter } = partner;
  const time = (seconds: number) => {
    if (seconds < hour) return t('portal.partner.minutes', { number: number(Math.max(1, Math.round(seconds / 60))) });
    if (seconds < 2 * day) return t('portal.partner.hours', { number: number(Math.round(seconds / hour)) });
    const days = Math.round(seconds / day);
    return t('portal.partner.days', { count: days, number: number(days) });
  };
  const share = (tries: { documents: number; right: number }) => ({
    share: `${percentage(tries.right, tries.documents, language)}\u00a0%`,
    right: number(tries.right),
    documents: number(tries.documents),
  });
  return (
    <section className={classes.section}>
      <h2>{t('portal.partner.figures')}</h2>
      <dl className={classes.figures}>
        <dt>{t('portal.partner.status')}</dt>
        <dd>
          <PartnerStatus status={partner.status} />
          {partner.customer && <span className={classes.quiet}>{t('portal.partners.customer')}</span>}
          {partner.openStops > 0 && (
            <Link to="/documents" search={{ counterpart: partner.identifier, status: ['stopped', 'held', 'returned'] }}>
              {t('portal.partners.openStops', { count: partner.openStops, number: number(partner.openStops) })}
            </Link>
          )}
        </dd>
        {partner.amounts.length > 0 && (
          <>
            <dt>{t('portal.partner.amounts')}</dt>
            <dd>
              {partner.amounts.map(({ currency, sent, received }) => (
                <span key={currency} className={classes.stacked}>
                  <span>{t('portal.partners.amountSent', { amount: amount({ value: sent, currency }) })}</span>
                  <span>{t('portal.partners.amountReceived', { amount: amount({ value: received, currency }) })}</span>
                </span>
              ))}
            </dd>
          </>
        )}
        {right.sent.documents + right.received.documents > 0 && (
          <>
            <dt>{t('portal.partner.rightFirst')}</dt>
            <dd className={classes.stacked}>
              {right.sent.documents > 0 && <span>{t('portal.partner.rightSent', share(right.sent))}</span>}
              {right.received.documents > 0 && <span>{t('portal.partner.rightReceived', share(right.received))}</span>}
            </dd>
          </>
        )}
        {openedAfter && (
          <>
            <dt>{t('portal.partner.openedAfter')}</dt>
            <dd>{t('portal.partner.openedAfterWords', { count: openedAfter.documents, number: number(openedAfter.documents), time: time(openedAfter.seconds) })}</dd>
          </>
        )}
        {partner.openTickets !== undefined && (
          <>
            <dt>{t('portal.partner.openTickets')}</dt>
            <dd>{number(partner.openTickets)}</dd>
          </>
        )}
        {partner.firstActivityAt && partner.lastActivityAt && (
          <>
            <dt>{t('portal.partner.firstAndLast')}</dt>
            <dd>{t('portal.partner.between', { first: dateOf(partner.firstActivityAt), last: dateOf(partner.lastActivityAt) })}</dd>
          </>
        )}
      </dl>
      {!partner.firstActivityAt && <p className={classes.quiet}>{t('portal.partner.nothingYet')}</p>}
    </section>
  );
}
