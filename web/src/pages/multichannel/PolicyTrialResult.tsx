// What another policy would have meant in the last twelve months.
import { Link } from '@tanstack/react-router';
import type { PolicyTrial } from '@/api/multichannel';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import classes from './Multichannel.module.css';

export function PolicyTrialResult({ trial }: { trial: PolicyTrial }) {
  const { t, number, amount } = useWords();
  return (
    <section className={classes.section} role="status">
      <h2>{t('portal.multichannel.trial')}</h2>
      <p>
        {t('portal.multichannel.wouldChange', { count: trial.changed, changed: number(trial.changed), documents: number(trial.documents) })}{' '}
        {trial.stranded > 0 && t('portal.multichannel.stranded', { count: trial.stranded, number: number(trial.stranded) })}
      </p>
      {trial.cost.map(({ currency, now, then }) => (
        <p key={currency}>
          {t('portal.multichannel.cost', { now: amount({ value: now, currency }), then: amount({ value: then, currency }) })} {t(Number(then) > Number(now) ? 'portal.multichannel.dearer' : 'portal.multichannel.saved12', { amount: amount({ value: Math.abs(Number(now) - Number(then)).toFixed(2), currency }) })}
        </p>
      ))}
      <p className={classes.quiet}>{t('portal.multichannel.firstOnly', { byHand: number(trial.byHand) })}</p>
      <table className={classes.table} aria-label={t('portal.multichannel.byChannel')}>
        <thead>
          <tr>
            <th scope="col">{t('portal.multichannel.channel')}</th>
            <th scope="col" className={classes.figure}>
              {t('portal.multichannel.now')}
            </th>
            <th scope="col" className={classes.figure}>
              {t('portal.multichannel.then')}
            </th>
          </tr>
        </thead>
        <tbody>
          {trial.channels.map(({ channel, now, then }) => (
            <tr key={channel ?? ''}>
              <th scope="row">
                <Channel channel={channel} />
              </th>
              <td className={classes.figure}>{number(now)}</td>
              <td className={classes.figure}>{number(then)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {trial.counterparts.length > 0 && (
        <>
          <h3>{t('portal.multichannel.whoChanges')}</h3>
          <ul className={classes.changes}>
            {trial.counterparts.slice(0, 20).map(({ counterpart, documents, now, then }) => (
              <li key={`${counterpart.identifier} ${counterpart.name} ${now} ${then}`}>
                <span className={classes.name}>{counterpart.name ?? (counterpart.identifier ? identifierText(counterpart.identifier) : t('portal.missing'))}</span>
                <Shift now={now} then={then} />
                <span className={classes.figure}>{number(documents)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {trial.newest.length > 0 && (
        <details>
          <summary>{t('portal.multichannel.newest', { count: trial.newest.length })}</summary>
          <ul className={classes.changes}>
            {trial.newest.map((document) => (
              <li key={document.id}>
                <Link to="/documents/$id" params={{ id: document.id }}>
                  {document.number ?? t('portal.documents.noNumber')}
                </Link>
                <Shift now={document.now} then={document.then} />
                <span className={classes.name}>{document.receiver.name}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Shift({ now, then }: { now: string | null; then: string | null }) {
  const { t } = useWords();
  return (
    <span className={classes.shift}>
      <Channel channel={now} />
      <span aria-label={t('portal.multichannel.becomes')}>→</span>
      <Channel channel={then} />
    </span>
  );
}
