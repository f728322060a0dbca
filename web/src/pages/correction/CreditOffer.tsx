// Seller, legal buyer, number, amounts, VAT and account are never changed on a sent invoice: a credit note takes it back and
// a new invoice stands instead. Both are made here; the new one is put right in one's own system, or as a file.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconCheck, IconDownload, IconSend } from '@tabler/icons-react';
import { draftCredit, keepFile, type CreditKind } from '@/api/credit';
import { asProblem, problemWords } from '@/api/problem';
import { makeKey, sendFile } from '@/frame/uploads/sendFile';
import { useWords } from '@/texts/useWords';
import classes from './Correction.module.css';

export function CreditOffer({ id }: { id: string }) {
  const { t } = useWords();
  const [numbers, setNumbers] = useState({ 'credit-note': '', 'new-invoice': '' });
  const keep = useMutation({
    mutationFn: async (kind: CreditKind) => keepFile(await draftCredit(id, kind, numbers[kind].trim()), `${numbers[kind].trim()}.xml`),
  });
  const send = useMutation({
    mutationFn: async () => {
      const number = numbers['credit-note'].trim();
      const blob = await draftCredit(id, 'credit-note', number);
      const sent = await sendFile(new File([blob], `${number}.xml`, { type: 'application/xml' }), makeKey(), () => undefined);
      return 'one' in sent ? sent.one.id : undefined;
    },
  });
  const fault = keep.error ?? send.error;
  const words = fault ? problemWords(t, asProblem(fault)) : undefined;
  return (
    <section className={classes.credit} aria-label={t('portal.correction.credit')}>
      <h2 className={classes.heading}>{t('portal.correction.credit')}</h2>
      <p className={classes.lead}>{t('portal.correction.creditWhy')}</p>
      {(['credit-note', 'new-invoice'] as const).map((kind) => {
        const number = numbers[kind].trim();
        return (
          <div key={kind} className={classes.creditRow}>
            <TextInput
              label={t(`portal.correction.creditNumber.${kind}`)}
              size="sm"
              value={numbers[kind]}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setNumbers((now) => ({ ...now, [kind]: value }));
              }}
              maxLength={100}
            />
            <Button
              size="sm"
              leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
              disabled={number === ''}
              loading={keep.isPending && keep.variables === kind}
              onClick={() => keep.mutate(kind)}
            >
              {t('portal.correction.creditFetch')}
            </Button>
            {kind === 'credit-note' && (
              <Button
                size="sm"
                leftSection={<IconSend size={16} stroke={1.75} aria-hidden />}
                disabled={number === '' || send.isSuccess}
                loading={send.isPending}
                onClick={() => send.mutate()}
              >
                {t('portal.correction.creditSend')}
              </Button>
            )}
          </div>
        );
      })}
      <p className={classes.help}>{t('portal.correction.creditNew')}</p>
      {send.isSuccess && (
        <p className={classes.good} role="status">
          <IconCheck size={16} stroke={1.75} aria-hidden />
          {t('portal.correction.creditSent')}{' '}
          {send.data && (
            <Link to="/documents/$id" params={{ id: send.data }}>
              {t('portal.overview.open')}
            </Link>
          )}
        </p>
      )}
      {words && (
        <p className={classes.refused} role="alert">
          {words.what} {words.advice}
        </p>
      )}
    </section>
  );
}
