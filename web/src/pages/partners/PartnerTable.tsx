// The list itself: a table on a wide screen, rows of two lines on a phone.
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle, IconBuilding, IconLeaf, IconUser } from '@tabler/icons-react';
import type { Partner } from '@/api/queries';
import { dateOf } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import { DateText } from '@/ui/DateText';
import tables from '@/ui/Table.module.css';
import { PartnerStatus } from './PartnerStatus';
import classes from './Partners.module.css';

export function PartnerTable({ partners }: { partners: readonly Partner[] }) {
  const { t } = useWords();
  return (
    <table className={`${tables.table} ${tables.rows} ${classes.table}`}>
      <thead>
        <tr>
          <th scope="col">{t('portal.column.name')}</th>
          <th scope="col" className={classes.wide}>
            {t('portal.column.identifier')}
          </th>
          <th scope="col" className={classes.state}>
            {t('portal.column.partnerStatus')}
          </th>
          <th scope="col" className={classes.wide}>
            {t('portal.column.reachedBy')}
          </th>
          <th scope="col" className={classes.figure}>
            {t('portal.nav.sent')}
          </th>
          <th scope="col" className={classes.figure}>
            {t('portal.nav.received')}
          </th>
          <th scope="col" className={`${classes.figure} ${classes.wide}`}>
            {t('portal.partners.amount')}
          </th>
          <th scope="col" className={classes.date}>
            {t('portal.column.lastActivity')}
          </th>
        </tr>
      </thead>
      <tbody>
        {partners.map((partner) => (
          <PartnerRow key={partner.identifier} partner={partner} />
        ))}
      </tbody>
    </table>
  );
}

function PartnerRow({ partner }: { partner: Partner }) {
  const { t } = useWords();
  const Mark = partner.kind === 'person' ? IconUser : IconBuilding;
  return (
    <tr>
      <th scope="row">
        <span className={classes.name}>
          <Mark size={16} stroke={1.75} aria-label={t(`portal.partners.kind.${partner.kind}`)} />
          <Link to="/partners/$identifier" params={{ identifier: partner.identifier }}>
            {partner.name}
          </Link>
        </span>
        <Facts partner={partner} />
      </th>
      <td className={`${classes.wide} prose`}>
        {identifierText(partner.identifier)}
        {partner.customerNumber && !partner.identifier.startsWith('customer:') && (
          <div className={classes.quiet}>{t('portal.documents.customer', { number: partner.customerNumber })}</div>
        )}
      </td>
      <td className={classes.state}>
        <PartnerStatus status={partner.status} />
      </td>
      <td className={classes.wide}>
        {partner.channels.length > 0 ? (
          <span className={classes.channels}>
            {partner.channels.slice(0, 3).map((channel) => (
              <Channel key={channel} channel={channel} />
            ))}
          </span>
        ) : (
          <span className={classes.quiet}>{t('portal.partners.unreachable')}</span>
        )}
      </td>
      <Count partner={partner} direction="sent" count={partner.sentCount} />
      <Count partner={partner} direction="received" count={partner.receivedCount} />
      <td className={`${classes.figure} ${classes.wide}`}>
        <Amounts partner={partner} />
      </td>
      <td className={classes.date}>{partner.lastActivityAt ? <DateText date={dateOf(partner.lastActivityAt)} /> : t('portal.missing')}</td>
    </tr>
  );
}

function Count({ partner, direction, count }: { partner: Partner; direction: 'sent' | 'received'; count: number }) {
  const { t, number } = useWords();
  return (
    <td className={classes.figure}>
      {count > 0 ? (
        <Link to={direction === 'sent' ? '/documents/sent' : '/documents/received'} search={{ counterpart: partner.identifier }}>
          {number(count)}
        </Link>
      ) : (
        <span className={classes.quiet}>{t('portal.partners.noDocuments')}</span>
      )}
    </td>
  );
}

// The currency with most behind it first; others stand on the partner's page.
function Amounts({ partner }: { partner: Partner }) {
  const { t, amount } = useWords();
  const main = partner.amounts.find((one) => one.currency === 'SEK') ?? partner.amounts[0];
  if (!main) return <span className={classes.quiet}>{t('portal.missing')}</span>;
  const { currency } = main;
  const both = [
    partner.sentCount > 0 && t('portal.partners.amountSent', { amount: amount({ value: main.sent, currency }) }),
    partner.receivedCount > 0 && t('portal.partners.amountReceived', { amount: amount({ value: main.received, currency }) }),
  ].filter(Boolean);
  return <span title={both.join(', ')}>{amount({ value: partner.sentCount > 0 ? main.sent : main.received, currency })}</span>;
}

// What somebody should see before opening it.
function Facts({ partner }: { partner: Partner }) {
  const { t, number, amount } = useWords();
  const { move, changedPaymentIdentifiers: changed, openStops } = partner;
  if (changed === 0 && openStops === 0 && !partner.customer && !move) return null;
  return (
    <span className={classes.facts}>
      {changed > 0 && (
        <span className={classes.warning}>
          <IconAlertTriangle size={14} stroke={1.75} aria-hidden />
          {t('portal.partners.paymentChanged', { count: changed, number: number(changed) })}
        </span>
      )}
      {openStops > 0 && <span>{t('portal.partners.openStops', { count: openStops, number: number(openStops) })}</span>}
      {move && (
        <span className={classes.gain}>
          <IconLeaf size={14} stroke={1.75} aria-hidden />
          {move.since ? t('portal.partners.einvoiceSince', { date: dateOf(move.since) }) : t('portal.partner.move.titleUndated')}
          {move.saving && !move.saving.value.startsWith('-') && move.documents > 0 && <>, {t('portal.partners.saves', { amount: amount(move.saving) })}</>}
        </span>
      )}
      {partner.customer && <span className={classes.quiet}>{t('portal.partners.customer')}</span>}
    </span>
  );
}
