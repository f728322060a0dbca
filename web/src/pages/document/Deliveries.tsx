import { Fragment } from 'react';
import { useQuery } from '@tanstack/react-query';
import { IconFileText } from '@tabler/icons-react';
import { deliveriesQuery, type Delivery, type Document } from '@/api/queries';
import { dateTimeOf } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import { ErrorNotice } from '@/ui/Notice';
import { DeliveryStatusBadge } from '@/ui/Status';
import classes from './Document.module.css';

export function Deliveries({ document }: { document: Document }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(deliveriesQuery(document.id));
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionHead}>{t('portal.document.deliveries')}</h2>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className={classes.quiet}>{t('portal.document.noDeliveries')}</p>}
      {data && data.items.length > 0 && (
        <table className={classes.deliveries}>
          <thead>
            <tr>
              <th scope="col">{t('portal.column.channel')}</th>
              <th scope="col">{t('portal.document.attempts')}</th>
              <th scope="col">{t('portal.document.status')}</th>
              <th scope="col">{t('portal.document.price')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((delivery) => (
              <DeliveryRows key={delivery.id} delivery={delivery} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function DeliveryRows({ delivery }: { delivery: Delivery }) {
  const { t, number, amount } = useWords();
  const failed = delivery.attempts.filter((attempt) => attempt.detail && attempt.result !== delivery.status);
  const last = delivery.attempts.at(-1);
  return (
    <>
      <tr>
        <th scope="row">
          <Channel channel={delivery.channel} />
        </th>
        <td>{number(delivery.attempts.length)}</td>
        <td>
          <DeliveryStatusBadge status={delivery.status} />
        </td>
        <td>{delivery.price ? amount(delivery.price) : t('portal.overview.noPrice')}</td>
      </tr>
      <tr>
        <td colSpan={4} className={`${classes.deliveryDetail} prose`}>
          {[
            delivery.address && t('portal.document.deliveredTo', { address: identifierText(delivery.address) }),
            last && dateTimeOf(last.endedAt ?? last.startedAt),
          ]
            .filter(Boolean)
            .join(' · ')}
          {failed.map((attempt) => (
            <Fragment key={attempt.number}>
              <br />
              {t('portal.document.attempt', { number: attempt.number, time: dateTimeOf(attempt.startedAt) })}: {attempt.detail}
            </Fragment>
          ))}
          {delivery.sentBytes && (
            <a href={delivery.sentBytes.href} download className={classes.evidence} title={`SHA-256 ${delivery.sentBytes.sha256}`}>
              <IconFileText size={14} stroke={1.75} aria-hidden />
              {t('portal.evidence.sent-bytes')}
            </a>
          )}
        </td>
      </tr>
    </>
  );
}
