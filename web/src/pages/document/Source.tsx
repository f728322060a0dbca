// The file as it came, byte for byte, coloured for reading.
import { useQuery } from '@tanstack/react-query';
import type { Delivery, Document } from '@/api/queries';
import { problemOf } from '@/api/client';
import { unreachable } from '@/api/problem';
import { fileSizeText, shortHash } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { originalHref } from '@/ui/downloads';
import { ErrorNotice } from '@/ui/Notice';
import { CopyValue } from './CopyValue';
import { colourXml } from './colourXml';
import classes from './Document.module.css';

const shownBytes = 200_000;

async function readText(href: string, signal: AbortSignal): Promise<{ text: string; cut: boolean }> {
  const response = await fetch(href, { signal }).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  const bytes = await response.arrayBuffer();
  const head = new TextDecoder('utf-8').decode(bytes.slice(0, 200));
  const encoding = /encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1] ?? 'utf-8';
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding);
  } catch {
    decoder = new TextDecoder('utf-8');
  }
  return { text: decoder.decode(bytes.slice(0, shownBytes)), cut: bytes.byteLength > shownBytes };
}

export default function Source({ document, sent }: { document: Document; sent: Delivery | undefined }) {
  const { t, language } = useWords();
  const href = sent?.sentBytes?.href ?? originalHref(document.id);
  const { data, error, refetch } = useQuery({
    queryKey: ['source', href],
    queryFn: ({ signal }) => readText(href, signal),
    staleTime: Infinity,
  });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const digest = sent?.sentBytes?.sha256 ?? document.sha256;
  return (
    <>
      <div className={classes.caption}>
        <span>{t(sent ? 'portal.document.sourceSent' : 'portal.document.source', { size: fileSizeText(document.size, language) })}</span>
        <span className={classes.captionHash}>
          <CopyValue value={digest}>sha256 {shortHash(digest)}</CopyValue>
        </span>
      </div>
      {data && (
        <pre className={classes.source} tabIndex={0} aria-label={t('portal.document.xml')}>
          {colourXml(data.text).map((part, index) => (
            <span key={index} data-part={part.kind}>
              {part.text}
            </span>
          ))}
        </pre>
      )}
      {data?.cut && <p className={classes.quiet}>{t('portal.document.cut', { size: fileSizeText(shownBytes, language) })}</p>}
    </>
  );
}
