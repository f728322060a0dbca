// The question before a deadline moves, a letter is paid for, or paper is given up.
import { useState } from 'react';
import { Button, Modal, NumberInput } from '@mantine/core';
import { sums } from '@/format/amounts';
import { useWords } from '@/texts/useWords';
import type { Acting } from './useActing';
import classes from './Smartmail.module.css';

const usualDays = 7;
const daysMost = 60;

export function ActionDialog({ acting }: { acting: Acting }) {
  const { t } = useWords();
  const { asked, busy, dismiss } = acting;
  if (!asked) return null;
  const count = asked.targets.length;
  const title =
    count === 1 && asked.targets[0]?.number
      ? t(`portal.smartmail.ask.${asked.action}.one`, { number: asked.targets[0].number })
      : t(`portal.smartmail.ask.${asked.action}.many`, { count });
  return (
    <Modal opened onClose={() => !busy && dismiss()} title={title} size={440} radius="lg" closeButtonProps={{ 'aria-label': t('portal.close') }} transitionProps={{ duration: 120 }}>
      <Inner acting={acting} asked={asked} />
    </Modal>
  );
}

function Inner({ acting, asked }: { acting: Acting; asked: NonNullable<Acting['asked']> }) {
  const { t, amount } = useWords();
  const [days, setDays] = useState<number | string>(usualDays);
  const { action, targets } = asked;
  const count = targets.length;
  const prices = targets.flatMap((target) => (target.letterPrice ? [target.letterPrice] : []));
  const cost = sums(prices).map(amount).join(' + ');
  const daysGood = typeof days === 'number' && days >= 1 && days <= daysMost;
  const word = action === 'post-now' ? t('portal.smartmail.do.postNow', { count }) : t(`portal.smartmail.do.${action}`);
  return (
    <form
      className={classes.dialog}
      onSubmit={(event) => {
        event.preventDefault();
        if (action !== 'extend') acting.confirm();
        else if (daysGood) acting.confirm(days);
      }}
    >
      {action === 'extend' && (
        <NumberInput
          data-autofocus
          size="sm"
          label={t('portal.smartmail.extendBy')}
          description={t('portal.smartmail.extendWhy')}
          min={1}
          max={daysMost}
          allowDecimal={false}
          value={days}
          onChange={setDays}
          suffix={t('portal.smartmail.daysSuffix')}
          error={daysGood ? undefined : t('portal.smartmail.daysBetween', { least: 1, most: daysMost })}
        />
      )}
      {action === 'post-now' && (
        <>
          <p>
            {t('portal.smartmail.postNowMeans', { count })}{' '}
            {cost && <strong>{t('portal.smartmail.costs', { cost })}</strong>}
          </p>
          {prices.length < count && <p className={classes.quiet}>{t('portal.smartmail.withoutPrice', { count: count - prices.length })}</p>}
        </>
      )}
      {action === 'stop' && <p>{t('portal.smartmail.stopMeans')}</p>}
      <div className={classes.dialogFoot}>
        <Button variant="subtle" color="gray" size="sm" disabled={acting.busy} onClick={acting.dismiss}>
          {t('portal.correction.cancel')}
        </Button>
        <Button
          type="submit"
          variant="filled"
          size="sm"
          loading={acting.busy}
          className={action === 'stop' ? classes.grave : undefined}
          {...(action === 'extend' ? {} : { 'data-autofocus': true })}
        >
          {word}
        </Button>
      </div>
    </form>
  );
}
