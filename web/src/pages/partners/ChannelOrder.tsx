// Which channels reach a counterpart, what each costs, and in which order they are tried.
import { useState } from 'react';
import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { lookupQuery, partnerQuery, type Partner } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import { ErrorNotice } from '@/ui/Notice';
import classes from './Partners.module.css';

// The list with one of its members a step up or down.
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...list];
  const [one] = next.splice(at, 1);
  if (one !== undefined) next.splice(at + by, 0, one);
  return next;
}

export function ChannelOrder({ partner }: { partner: Partner }) {
  const { t, amount } = useWords();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(lookupQuery(partner.identifier));
  const [order, setOrder] = useState<string[]>(); // as it is being changed
  const save = useMutation({
    mutationFn: (channels: string[]) => api.put('/api/v1/partners/{identifier}', { path: { identifier: partner.identifier }, body: { name: partner.name, channels } }),
    onSuccess: async (answer) => {
      client.setQueryData(partnerQuery(partner.identifier).queryKey, answer);
      await client.invalidateQueries({ queryKey: lookupQuery(partner.identifier).queryKey });
      void client.invalidateQueries({ queryKey: ['partners'] });
      setOrder(undefined);
    },
  });
  const steps = new Map(data?.plan.map((step) => [step.channel as string, step]));
  const shown = order ?? [...steps.keys()];
  const words = save.error && problemWords(t, asProblem(save.error));
  return (
    <section className={classes.section}>
      <h2>{t('portal.partner.order')}</h2>
      <p className={classes.quiet}>{t('portal.partner.orderWhy')}</p>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={120} />}
      {data && (
        <ol className={classes.order}>
          {shown.map((name, index) => {
            const step = steps.get(name);
            return (
              <li key={name} data-off={step?.reachable === false || undefined}>
                <span className={classes.orderName}>
                  <Channel channel={name} />
                  <span className={classes.quiet}>
                    {step?.reachable ? step.price && amount(step.price) : step && t(`event.routed.reason.${step.reason}`, { defaultValue: step.reason })}
                  </span>
                </span>
                <Move name={name} disabled={index === 0 || save.isPending} up onMove={() => setOrder(moved(shown, index, -1))} />
                <Move name={name} disabled={index === shown.length - 1 || save.isPending} onMove={() => setOrder(moved(shown, index, 1))} />
              </li>
            );
          })}
        </ol>
      )}
      {words && (
        <p role="alert" className={classes.fault}>
          {words.what} {words.advice}
        </p>
      )}
      <div className={classes.buttons}>
        {order && (
          <>
            <Button size="sm" variant="filled" loading={save.isPending} onClick={() => save.mutate(order)}>
              {t('portal.partner.saveOrder')}
            </Button>
            <Button size="sm" variant="subtle" color="gray" onClick={() => setOrder(undefined)}>
              {t('portal.correction.cancel')}
            </Button>
          </>
        )}
        {!order && partner.channels.length > 1 && data && (
          <Button size="sm" loading={save.isPending} onClick={() => save.mutate([])}>
            {t('portal.partner.usualOrder')}
          </Button>
        )}
      </div>
    </section>
  );
}

// Channels in an order that is being made, each a step up or down.
export function ChannelList({ channels, onChange }: { channels: readonly string[]; onChange: (channels: string[]) => void }) {
  return (
    <ol className={classes.order}>
      {channels.map((name, index) => (
        <li key={name}>
          <span className={classes.orderName}>
            <Channel channel={name} />
          </span>
          <Move name={name} disabled={index === 0} up onMove={() => onChange(moved(channels, index, -1))} />
          <Move name={name} disabled={index === channels.length - 1} onMove={() => onChange(moved(channels, index, 1))} />
        </li>
      ))}
    </ol>
  );
}

function Move({ name, up = false, disabled, onMove }: { name: string; up?: boolean; disabled: boolean; onMove: () => void }) {
  const { t } = useWords();
  const channel = t(`channel.${name}`, { defaultValue: name });
  const word = t(up ? 'portal.partner.earlier' : 'portal.partner.later', { channel });
  const Arrow = up ? IconArrowUp : IconArrowDown;
  return (
    <Tooltip label={word}>
      <ActionIcon size={28} aria-label={word} {...(disabled ? { 'data-disabled': true, 'aria-disabled': true } : {})} onClick={() => !disabled && onMove()}>
        <Arrow size={16} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}
