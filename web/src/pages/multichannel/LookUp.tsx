// «Hur nås …?»: every channel for somebody, its price and why it is taken or not, without sending anything.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { asProblem, problemWords } from '@/api/problem';
import { lookupQuery } from '@/api/queries';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import { DateText } from '@/ui/DateText';
import { asIdentifier } from '../filters/senders';
import { registerWords } from './registerWords';
import classes from './Multichannel.module.css';

export function LookUp() {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const [missed, setMissed] = useState(false);
  return (
    <section className={classes.lookUp} aria-labelledby="look-up">
      <h2 id="look-up">{t('portal.multichannel.lookUp')}</h2>
      <form
        className={classes.ask}
        onSubmit={(event) => {
          event.preventDefault();
          const identifier = asIdentifier(typed.trim(), []);
          setMissed(!identifier);
          if (identifier) setAsked(identifier);
        }}
      >
        <TextInput
          size="sm"
          className={classes.grow ?? ''}
          label={t('portal.multichannel.identifier')}
          placeholder={t('portal.multichannel.identifierHint')}
          maxLength={150}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={missed ? t('portal.multichannel.identifierFault') : undefined}
        />
        <Button type="submit" size="sm" disabled={typed.trim() === ''}>
          {t('portal.multichannel.ask')}
        </Button>
      </form>
      {asked && <Plan identifier={asked} />}
    </section>
  );
}

function Plan({ identifier }: { identifier: string }) {
  const { t, amount } = useWords();
  const { data, error } = useQuery(lookupQuery(identifier));
  if (error)
    return (
      <p role="alert" className={classes.fault}>
        {problemWords(t, asProblem(error)).what} {problemWords(t, asProblem(error)).advice}
      </p>
    );
  if (!data) return null;
  const first = data.plan.find((step) => step.reachable);
  return (
    <div role="status">
      <p>{first ? t('portal.multichannel.goesBy', { channel: t(`channel.${first.channel}`, { defaultValue: first.channel }), why: t(`portal.multichannel.because.${data.by}`) }) : t('portal.multichannel.nobody')}</p>
      <ol className={classes.plan}>
        {data.plan.map((step) => (
          <li key={step.channel} data-off={!step.reachable || undefined}>
            <Channel channel={step.channel} />
            <span className={classes.quiet}>{t(`event.routed.reason.${step.reason}`, { defaultValue: step.reason })}</span>
            <span className={classes.amount}>{step.price ? amount(step.price) : ''}</span>
          </li>
        ))}
      </ol>
      {data.registers.length > 0 && (
        <ul className={classes.registers} aria-label={t('portal.multichannel.registers')}>
          {data.registers.map((register) => (
            <li key={register.name} className={classes.quiet}>
              {registerWords(t, register)}{' '}
              <DateText date={dateTimeOf(register.askedAt)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
