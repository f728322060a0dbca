// Which channels reach a partner, and how we know.
import type { PartnerDetail } from '@/api/queries';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import classes from './Partners.module.css';

type Known = PartnerDetail['reach'][number];

export function KnownChannels({ partner }: { partner: PartnerDetail }) {
  const { t } = useWords();
  return (
    <section className={classes.section}>
      <h2>{t('portal.partner.known.title')}</h2>
      {partner.reach.length === 0 && <p className={classes.quiet}>{t('portal.partner.known.none')}</p>}
      {partner.reach.length > 0 && (
        <ul className={classes.known}>
          {partner.reach.map((known) => (
            <KnownRow key={known.channel} known={known} />
          ))}
        </ul>
      )}
      {partner.reachAskedAt && <p className={classes.quiet}>{t('portal.partner.known.asked', { date: dateOf(partner.reachAskedAt) })}</p>}
    </section>
  );
}

function KnownRow({ known }: { known: Known }) {
  const { t, number } = useWords();
  const how = known.how.map((code) => t(`portal.partner.known.${code}`, { count: known.deliveries, number: number(known.deliveries), defaultValue: code }));
  const reason = !known.reachable && known.reason ? t(`event.routed.reason.${known.reason}`, { defaultValue: known.reason }) : undefined;
  const since = known.reachable && known.since ? t('portal.partner.known.since', { date: dateOf(known.since) }) : undefined;
  return (
    <li data-off={known.reachable ? undefined : true}>
      <Channel channel={known.channel} />
      <span className={classes.quiet}>{[...how, since, reason].filter(Boolean).join(', ') || t('portal.partner.known.not')}</span>
    </li>
  );
}
