// What goes to whom, said before it goes.
import { Button, FileButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconAlertCircle, IconCheck, IconClipboardCheck, IconSend, IconUpload } from '@tabler/icons-react';
import type { CreditKind, Validation } from '@/api/credit';
import { asProblem, problemWords } from '@/api/problem';
import { sendFile } from '@/frame/uploads/sendFile';
import { identifierText, schemeName } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import type { DraftFacts } from './draftFile';
import { findingWords } from './findingWords';
import classes from './Correction.module.css';

export interface Draft {
  file: Blob;
  key: string; // of the sending: pressed twice, it goes once
  facts: DraftFacts | null;
  validation: Validation;
}

interface SendDraftProps {
  draft: Draft;
  kind: CreditKind;
  number: string;
  onOwn: (file: File) => void; // one's own file instead
  onCancel: () => void;
}

export function SendDraft({ draft: { file, key, facts, validation }, kind, number, onOwn, onCancel }: SendDraftProps) {
  const { t, language, amount } = useWords();
  const client = useQueryClient();
  const named = facts?.number || validation.number || number;
  const what = t(facts?.creditNote ?? kind === 'credit-note' ? 'portal.correction.draft.creditNote' : 'portal.correction.draft.invoice', { number: named });
  const send = useMutation({
    mutationFn: async () => {
      const sent = await sendFile({ file: new File([file], `${named}.xml`, { type: 'application/xml' }), key }, () => undefined);
      return 'one' in sent ? sent.one.id : undefined;
    },
    onSuccess: () => {
      for (const name of ['stopped', 'documents', 'facets', 'overview']) void client.invalidateQueries({ queryKey: [name] });
    },
  });
  if (send.isSuccess)
    return (
      <p className={classes.good} role="status">
        <IconCheck size={16} stroke={1.75} aria-hidden />
        {t('portal.correction.draft.sent', { what })}{' '}
        {send.data && (
          <Link to="/documents/$id" params={{ id: send.data }}>
            {t('portal.overview.open')}
          </Link>
        )}
      </p>
    );
  const wrong = validation.findings.filter((finding) => finding.severity === 'error');
  const words = send.error ? problemWords(t, asProblem(send.error)) : undefined;
  const Mark = validation.valid ? IconClipboardCheck : IconAlertCircle;
  return (
    <div className={classes.sendDraft} role="group" aria-label={what}>
      <p>
        <strong>{what}</strong>
        {facts?.amount && <span className={classes.draftAmount}>{amount(facts.amount)}</span>}
      </p>
      <p>
        {facts?.receiver ? t('portal.correction.to', { name: facts.receiver }) : t('portal.correction.draft.receiverInFile')}
        {facts?.identifier && (
          <span className={classes.dim}>
            {' '}
            {schemeName(t, facts.identifier.split(':')[0] ?? null)} {identifierText(facts.identifier)}
          </span>
        )}
      </p>
      <p data-wrong={!validation.valid || undefined} className={classes.draftCheck}>
        <Mark size={16} stroke={1.75} color={`var(--st-${validation.valid ? 'green' : 'red'})`} aria-hidden />
        <span>
          {validation.valid ? t('portal.correction.noFindings') : t('portal.correction.findingsLeft', { count: Math.max(1, wrong.length) })}
          {wrong.map((finding, index) => (
            <span key={`${finding.id}${index}`} className={classes.left}>
              {findingWords(t, finding, language).what}
            </span>
          ))}
        </span>
      </p>
      {kind === 'new-invoice' && <p className={classes.help}>{t('portal.correction.draft.same')}</p>}
      {words && (
        <p className={classes.draftCheck} data-wrong role="alert">
          {words.what} {words.advice}
        </p>
      )}
      <div className={classes.draftActions}>
        <Button variant="subtle" size="sm" color="gray" onClick={onCancel}>
          {t('portal.correction.cancel')}
        </Button>
        {(kind === 'new-invoice' || !validation.valid) && (
          <FileButton accept=".xml,application/xml,text/xml" onChange={(own) => own && onOwn(own)}>
            {(props) => (
              <Button {...props} size="sm" leftSection={<IconUpload size={16} stroke={1.75} aria-hidden />}>
                {t('portal.correction.draft.own')}
              </Button>
            )}
          </FileButton>
        )}
        <Button
          size="sm"
          leftSection={<IconSend size={16} stroke={1.75} aria-hidden />}
          disabled={!validation.valid}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          {t(facts?.creditNote ?? kind === 'credit-note' ? 'portal.correction.draft.sendCreditNote' : 'portal.correction.draft.sendInvoice', { number: named })}
        </Button>
      </div>
    </div>
  );
}
