// «Kan ta emot e-faktura sedan 12 nov»: what changing the channel saves, one button, and one to undo it.
import { useState } from 'react';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconLeaf } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { partnerQuery, type PartnerDetail } from '@/api/queries';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import classes from './Partners.module.css';

export function Move({ partner }: { partner: PartnerDetail }) {
  const { t, number, amount } = useWords();
  const client = useQueryClient();
  // As it was before the change, to be undone.
  const [before, setBefore] = useState<{ channels: string[]; to: string }>();
  const save = useMutation({
    mutationFn: (channels: string[]) => api.put('/api/v1/partners/{identifier}', { path: { identifier: partner.identifier }, body: { name: partner.name, channels } }),
    onSuccess: (answer) => {
      client.setQueryData(partnerQuery(partner.identifier).queryKey, answer);
      for (const key of [['partners'], ['partner', partner.identifier, 'lookup']]) void client.invalidateQueries({ queryKey: key });
    },
  });
  const { move, einvoice } = partner;
  const words = save.error && problemWords(t, asProblem(save.error));
  if (before && !move)
    return (
      <div className={classes.move} role="status">
        <IconLeaf size={18} stroke={1.75} aria-hidden />
        <p>{t('portal.partner.move.done', { channel: t(`channel.${before.to}`) })}</p>
        <Button size="xs" variant="subtle" loading={save.isPending} onClick={() => save.mutate(before.channels, { onSuccess: () => setBefore(undefined) })}>
          {t('portal.partner.move.undo')}
        </Button>
      </div>
    );
  if (!move) return null;
  const channel = t(`channel.${move.to}`);
  const since = move.since ?? einvoice?.since;
  const saves = move.saving && !move.saving.value.startsWith('-') && move.documents > 0;
  const change = () => {
    const channels = partner.channels.filter((one) => one !== move.to);
    save.mutate([move.to, ...channels], { onSuccess: () => setBefore({ channels: partner.chosenChannels, to: move.to }) });
  };
  return (
    <div className={classes.move}>
      <IconLeaf size={18} stroke={1.75} aria-hidden />
      <div>
        <p className={classes.moveTitle}>{since ? t('portal.partner.move.title', { date: dateOf(since) }) : t('portal.partner.move.titleUndated')}</p>
        <p>
          {move.documents > 0 && `${t('portal.partner.move.why', { count: move.documents, number: number(move.documents) })} `}
          {saves && move.saving ? t('portal.partner.move.saves', { channel, amount: amount(move.saving) }) : t('portal.partner.move.noSaving', { channel })}
        </p>
        {words && (
          <p role="alert" className={classes.fault}>
            {words.what} {words.advice}
          </p>
        )}
      </div>
      <Button size="xs" variant="filled" loading={save.isPending} onClick={change}>
        {t('portal.partner.move.do')}
      </Button>
    </div>
  );
}
