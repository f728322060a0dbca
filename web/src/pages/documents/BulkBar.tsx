import { useState } from 'react';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconFileTypePdf, IconSend, IconX } from '@tabler/icons-react';
import type { DocumentSummary } from '@/api/queries';
import { sums } from '@/format/amounts';
import { useWords } from '@/texts/useWords';
import { download, pdfHref } from '@/ui/downloads';
import { useCopy } from '@/ui/useCopy';
import { ResendMany } from './ResendMany';
import classes from './Documents.module.css';

const downloadsAtOnce = 10; // browsers stop asking, or start blocking, at more

// What can be done with the marked rows: their count and sum, their numbers, their PDFs, sending them another way.
export function BulkBar({ rows, onClear }: { rows: DocumentSummary[]; onClear: () => void }) {
  const { t, amount, number } = useWords();
  const [copied, copy] = useCopy();
  const total = sums(rows.flatMap((row) => (row.amount ? [row.amount] : [])));
  const [resending, setResending] = useState(false);
  const sent = rows.filter((row) => row.direction === 'sent');
  const readable = rows.filter((row) => row.number !== null);
  const why =
    readable.length === 0
      ? t('portal.documents.noPdf')
      : readable.length > downloadsAtOnce
        ? t('portal.documents.tooManyPdf', { count: downloadsAtOnce })
        : '';
  return (
    <div className={classes.bulk} role="region" aria-label={t('portal.documents.marked', { count: rows.length, number: number(rows.length) })}>
      <span>
        <strong>{t('portal.documents.marked', { count: rows.length, number: number(rows.length) })}</strong>{' '}
        <span className={classes.bulkSum}>{total.map(amount).join(' · ')}</span>
      </span>
      <Button
        leftSection={copied ? <IconCheck size={16} stroke={1.75} /> : <IconCopy size={16} stroke={1.75} />}
        onClick={() => copy(readable.map((row) => row.number).join('\n'))}
      >
        {t(copied ? 'portal.copied' : 'portal.documents.copyNumbers')}
      </Button>
      <Tooltip label={why} disabled={!why}>
        <Button
          {...(why ? { 'data-disabled': true, 'aria-disabled': true } : {})}
          leftSection={<IconFileTypePdf size={16} stroke={1.75} />}
          onClick={() => !why && readable.forEach((row, index) => setTimeout(() => download(pdfHref(row.id)), index * 300))}
        >
          {t('portal.documents.pdf')}
        </Button>
      </Tooltip>
      <Tooltip label={t('portal.resend.onlySent')} disabled={sent.length > 0}>
        <Button
          {...(sent.length > 0 ? {} : { 'data-disabled': true, 'aria-disabled': true })}
          leftSection={<IconSend size={16} stroke={1.75} aria-hidden />}
          onClick={() => sent.length > 0 && setResending(true)}
        >
          {t('portal.resend.via')}
        </Button>
      </Tooltip>
      {resending && <ResendMany rows={sent} onClose={() => setResending(false)} />}
      <ActionIcon onClick={onClear} aria-label={t('portal.documents.unmark')}>
        <IconX size={18} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
