import { useState } from 'react';
import { ActionIcon, Button, Progress, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconAlertCircle, IconCheck, IconChevronDown, IconChevronUp, IconFile, IconFileZip, IconX } from '@tabler/icons-react';
import { documentQuery } from '@/api/queries';
import { problemWords, type Problem } from '@/api/problem';
import { fileSizeText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { DocumentStatusBadge } from '@/ui/Status';
import { reasonWords } from '@/ui/words';
import type { AcceptedInZip } from './sendFile';
import type { Upload } from './UploadProvider';
import classes from './Uploads.module.css';

interface PanelProps {
  uploads: Upload[];
  onClear: () => void;
  onRetry: (key: string) => void;
}

export default function UploadPanel({ uploads, onClear, onRetry }: PanelProps) {
  const { t } = useWords();
  const [folded, setFolded] = useState(false);
  const ready = uploads.filter((upload) => upload.state === 'done' || upload.state === 'refused').length;
  const running = ready < uploads.length;
  const title = running
    ? t('portal.upload.running', { ready, count: uploads.length })
    : t('portal.upload.finished', { count: uploads.length });
  return (
    <section className={classes.panel} aria-label={t('portal.upload.title')}>
      <header className={classes.head}>
        <h2 aria-live="polite">{title}</h2>
        <ActionIcon
          onClick={() => setFolded(!folded)}
          aria-expanded={!folded}
          aria-label={t(folded ? 'portal.upload.unfold' : 'portal.upload.fold')}
        >
          {folded ? <IconChevronUp size={18} stroke={1.75} /> : <IconChevronDown size={18} stroke={1.75} />}
        </ActionIcon>
        <Tooltip label={running ? t('portal.upload.stillRunning') : t('portal.upload.putAway')}>
          <ActionIcon {...(running ? { 'data-disabled': true, 'aria-disabled': true } : { onClick: onClear })} aria-label={t('portal.upload.putAway')}>
            <IconX size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </header>
      {!folded && (
        <ul className={classes.files}>
          {uploads.map((upload) => (
            <li key={upload.key}>
              <UploadRow upload={upload} onRetry={() => onRetry(upload.key)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function UploadRow({ upload, onRetry }: { upload: Upload; onRetry: () => void }) {
  const { t, language } = useWords();
  const Mark = upload.file.name.toLowerCase().endsWith('.zip') ? IconFileZip : IconFile;
  const documents = upload.sent && 'documents' in upload.sent ? upload.sent.documents : undefined;
  const one = upload.sent && 'one' in upload.sent ? upload.sent.one : undefined;
  return (
    <div className={classes.row}>
      <Mark size={18} stroke={1.75} aria-hidden />
      <div className={classes.about}>
        <div className={classes.name}>
          <span>{upload.file.name}</span>
          <span className={classes.quiet}>
            {[fileSizeText(upload.file.size, language), upload.channel && t('portal.upload.wish', { channel: t(`channel.${upload.channel}`, { defaultValue: upload.channel }) })].filter(Boolean).join(', ')}
          </span>
        </div>
        {upload.state === 'waiting' && <p className={classes.quiet}>{t('portal.upload.waiting')}</p>}
        {upload.state === 'sending' && (
          <Progress size={4} value={upload.share * 100} aria-label={t('portal.upload.progress', { name: upload.file.name })} mt={6} />
        )}
        {upload.state === 'refused' && upload.problem && <Refusal problem={upload.problem} onRetry={onRetry} />}
        {one && <Outcome id={one.id} />}
        {documents && <ZipOutcome documents={documents} />}
      </div>
    </div>
  );
}

// Follows the document on its way: the stream refreshes it.
function Outcome({ id }: { id: string }) {
  const { t } = useWords();
  const { data } = useQuery(documentQuery(id));
  return (
    <div className={classes.outcome}>
      {data ? <DocumentStatusBadge status={data.status} /> : <IconCheck size={15} stroke={1.75} aria-hidden />}
      <Link to="/documents/$id" params={{ id }}>
        {data?.number ? t(`portal.typeNumber.${data.type}`, { number: data.number }) : t('portal.upload.open')}
      </Link>
      {data?.receiver.name && <span className={classes.quiet}>{t('portal.search.to', { name: data.receiver.name })}</span>}
      {data && ['stopped', 'failed', 'returned'].includes(data.status) && (
        <span className={classes.why}>{reasonWords(t, data.lastEvent.detail)}</span>
      )}
    </div>
  );
}

const shownOfZip = 5;

function ZipOutcome({ documents }: { documents: AcceptedInZip[] }) {
  const { t } = useWords();
  const taken = documents.filter((document) => document.id);
  const refused = documents.filter((document) => document.problem);
  return (
    <>
      <p className={classes.outcome}>{t('portal.upload.zip', { count: taken.length })}</p>
      {taken.slice(0, shownOfZip).map((document) => document.id && <Outcome key={document.id} id={document.id} />)}
      {taken.length > shownOfZip && (
        <p className={classes.outcome}>
          <Link to="/documents/sent">{t('portal.upload.zipMore', { count: taken.length - shownOfZip })}</Link>
        </p>
      )}
      {refused.map((document) => (
        <div key={document.fileName}>
          <p className={classes.quiet}>{document.fileName}</p>
          {document.problem && <Refusal problem={document.problem} />}
        </div>
      ))}
    </>
  );
}

function Refusal({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const { t } = useWords();
  const words = problemWords(t, problem);
  const again = onRetry && (problem.status >= 500 || problem.status === 429);
  return (
    <div className={classes.refusal} role="alert">
      <IconAlertCircle size={15} stroke={1.75} aria-hidden />
      <p>
        {words.what} {words.advice && <span className={classes.quiet}>{words.advice} </span>}
        {problem.documentId && (
          <Link to="/documents/$id" params={{ id: problem.documentId }}>
            {t('portal.upload.openEarlier')}
          </Link>
        )}
      </p>
      {again && <Button onClick={onRetry}>{t('portal.tryAgain')}</Button>}
    </div>
  );
}
