// How the document has left the house: a card for each delivery, the latest first.
import { useQuery } from '@tanstack/react-query';
import { deliveriesQuery, type Document } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { ActionDialog } from '../smartmail/ActionDialog';
import { Outcome } from '../smartmail/Outcome';
import { useActing } from '../smartmail/useActing';
import { DeliveryCard } from './DeliveryCard';
import classes from './Document.module.css';
import cardClasses from './Delivery.module.css';

export function Deliveries({ document }: { document: Document }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(deliveriesQuery(document.id));
  const acting = useActing();
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionHead}>{t('portal.document.deliveries')}</h2>
      {acting.done && <Outcome done={acting.done} onForget={acting.forget} />}
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className={classes.quiet}>{t('portal.document.noDeliveries')}</p>}
      {data && data.items.length > 0 && (
        <ul className={cardClasses.cards}>
          {[...data.items].reverse().map((delivery) => (
            <DeliveryCard key={delivery.id} document={document} delivery={delivery} acting={acting} />
          ))}
        </ul>
      )}
      <ActionDialog acting={acting} />
    </section>
  );
}
