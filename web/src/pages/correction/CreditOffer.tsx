// Seller, legal buyer, number, amounts, VAT and account are never changed on a sent invoice: a credit note takes it back and
// a new invoice stands instead. Both are made here, shown, and sent when somebody has said so; the new one may be put right
// in a file of one's own first.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { draftCredit, judge, keepFile, type CreditKind } from '@/api/credit';
import { asProblem, problemWords } from '@/api/problem';
import { makeKey } from '@/frame/uploads/sendFile';
import { plainWords } from '@/format/plain';
import { useWords } from '@/texts/useWords';
import { factsOf } from './draftFile';
import { SendDraft, type Draft } from './SendDraft';
import classes from './Correction.module.css';

export function CreditOffer({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <section className={classes.credit} aria-label={t('portal.correction.credit')}>
      <h2 className={classes.heading}>{t('portal.correction.credit')}</h2>
      <p className={classes.lead}>{t('portal.correction.creditWhy')}</p>
      <OneDraft id={id} kind="credit-note" />
      <OneDraft id={id} kind="new-invoice" />
      <p className={classes.help}>{t('portal.correction.creditNew')}</p>
    </section>
  );
}

async function looked(file: Blob): Promise<Draft> {
  const [xml, validation] = await Promise.all([file.text(), judge(file)]);
  return { file, key: makeKey(), facts: factsOf(xml), validation };
}

function OneDraft({ id, kind }: { id: string; kind: CreditKind }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const number = typed.trim();
  const keep = useMutation({ mutationFn: async () => keepFile(await draftCredit(id, kind, number), `${number}.xml`) });
  const look = useMutation({ mutationFn: async (own?: File) => looked(own ?? (await draftCredit(id, kind, number))) });
  const fault = keep.error ?? look.error;
  const words = fault ? problemWords(t, asProblem(fault)) : undefined;
  return (
    <div className={classes.creditDraft}>
      <div className={classes.creditRow}>
        <TextInput
          label={t(`portal.correction.creditNumber.${kind}`)}
          size="sm"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            look.reset();
          }}
          maxLength={100}
        />
        <Button
          size="sm"
          leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
          disabled={number === ''}
          loading={keep.isPending}
          onClick={() => keep.mutate()}
        >
          {t('portal.correction.creditFetch')}
        </Button>
        <Button size="sm" disabled={number === '' || look.isSuccess} loading={look.isPending} onClick={() => look.mutate(undefined)}>
          {t('portal.correction.creditLook')}
        </Button>
      </div>
      {look.data && <SendDraft key={look.data.key} draft={look.data} kind={kind} number={number} onOwn={(file) => look.mutate(file)} onCancel={look.reset} />}
      {words && (
        <p className={classes.refused} role="alert">
          {plainWords(words.what)} {plainWords(words.advice)}
        </p>
      )}
    </div>
  );
}
