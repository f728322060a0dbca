import type { Overview } from '@/api/queries';
import { percentage } from '@/format/amounts';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import { channelLook } from '@/ui/icons';
import { Sparkline } from '@/ui/Sparkline';
import { durationWords } from './duration';
import classes from './Overview.module.css';

export function ChannelTable({ channels }: { channels: Overview['channels'] }) {
  const { t, language, number, amount } = useWords();
  const total = channels.reduce((sum, channel) => sum + channel.total, 0);
  if (channels.length === 0) return null;
  return (
    <section>
      <h2 className={classes.section}>{t('portal.overview.channels')}</h2>
      <table className={classes.channels}>
        <thead>
          <tr>
            <th scope="col">{t('portal.column.channel')}</th>
            <th scope="col" className={classes.spark}>
              {t('portal.overview.thirtyDays')}
            </th>
            <th scope="col">{t('portal.overview.periods.today')}</th>
            <th scope="col">{t('portal.overview.share')}</th>
            <th scope="col">{t('status.document.delivered')}</th>
            <th scope="col" className={classes.wide}>
              {t('portal.overview.median')}
            </th>
            <th scope="col" className={classes.wide}>
              {t('portal.overview.price')}
            </th>
          </tr>
        </thead>
        <tbody>
          {channels.map((row) => (
            <tr key={row.channel}>
              <th scope="row">
                <Channel channel={row.channel} />
              </th>
              <td className={classes.spark}>
                <Sparkline
                  days={row.days}
                  colour={channelLook(row.channel).colour}
                  label={t('portal.overview.sparkline', { least: Math.min(...row.days), most: Math.max(...row.days) })}
                />
              </td>
              <td className={classes.strong}>{number(row.today)}</td>
              <td className={classes.dim}>{total > 0 ? `${Math.round((row.total * 100) / total)}\u00a0%` : ''}</td>
              <td>{row.total > 0 ? `${percentage(row.delivered, row.total, language)}\u00a0%` : ''}</td>
              <td className={`${classes.wide} ${classes.dim}`}>
                {row.medianSecondsToReceipt === null
                  ? t('portal.overview.noneYet')
                  : durationWords(t, row.medianSecondsToReceipt, language)}
              </td>
              <td className={classes.wide}>{row.price ? amount(row.price) : t('portal.overview.noPrice')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
