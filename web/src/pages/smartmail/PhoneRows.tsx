// Under 768 px a row is two lines: whom and amount; time left or what became of it, and number. The menu beside it.
import { Link } from '@tanstack/react-router';
import type { SmartmailItem } from '@/api/smartmail';
import { useWords } from '@/texts/useWords';
import { bounceWords } from '@/ui/words';
import { AmountCell, bouncesOf, DayCell, TimeLeftBar } from './cells';
import { RowActions } from './RowActions';
import type { Acting } from './useActing';
import classes from './Smartmail.module.css';

export function PhoneRows({ items, now, acting }: { items: readonly SmartmailItem[]; now: number; acting: Acting }) {
  const { t } = useWords();
  return (
    <ul className={classes.phoneRows}>
      {items.map((item) => (
        <li key={item.delivery}>
          <Link to="/documents/$id" params={{ id: item.document.id }}>
            <span className={classes.phoneName}>{item.document.receiver.name ?? item.address}</span>
            <span className={classes.phoneAmount}>
              <AmountCell item={item} />
            </span>
            <span className={classes.phoneState}>
              <PhoneState item={item} now={now} />
            </span>
            <span className={classes.phoneNumber}>{item.document.number ?? t('portal.documents.noNumber')}</span>
          </Link>
          <RowActions item={item} acting={acting} />
        </li>
      ))}
    </ul>
  );
}

function PhoneState({ item, now }: { item: SmartmailItem; now: number }) {
  const { t } = useWords();
  if (item.state === 'waiting') return <TimeLeftBar item={item} now={now} />;
  if (item.state === 'opened') return <DayCell at={item.openedAt} />;
  if (item.state === 'posted') return <DayCell at={item.expiredAt} />;
  const [first] = bouncesOf(item);
  return <span className={classes.phoneReason}>{first ? bounceWords(t, first.cause) : t(`portal.smartmail.noReason.${item.state}`)}</span>;
}
