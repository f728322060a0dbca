// What the document says: the copy for each channel, the business terms, the file itself.
import { lazy, Suspense, useState } from 'react';
import { ActionIcon, Skeleton, Tabs, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  IconBuildingBank,
  IconCode,
  IconExternalLink,
  IconEye,
  IconFileText,
  IconListDetails,
  IconMail,
  IconPrinter,
  IconVersions,
  type Icon,
} from '@tabler/icons-react';
import { deliveriesQuery, type CopyKind, type Document } from '@/api/queries';
import { dateTimeOf } from '@/format/dates';
import { fileSizeText, shortHash } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { attachmentHref, copyHref } from '@/ui/downloads';
import { CopyFrame } from './CopyFrame';
import { CopyValue } from './CopyValue';
import { copiesOf, copyInUse, wasSent } from './copies';
import classes from './Document.module.css';

const Terms = lazy(() => import('./Terms'));
const Versions = lazy(() => import('./Versions'));
const Source = lazy(() => import('./Source'));

const icons: Record<CopyKind, Icon> = {
  readable: IconFileText,
  email: IconMail,
  print: IconPrinter,
  bank: IconBuildingBank,
};
const asFile = ['network', 'peppol', 'edi']; // channels that carry the file itself

export function Content({ document, onCopy }: { document: Document; onCopy: () => void }) {
  const { t } = useWords();
  const kinds = copiesOf(document);
  const [tab, setTab] = useState<string>(copyInUse(document) ?? 'xml');
  const deliveries = useQuery(deliveriesQuery(document.id)).data?.items ?? [];
  const fileSent = deliveries.find((delivery) => asFile.includes(delivery.channel) && delivery.sentBytes);
  const chained = document.version > 1 || document.supersededBy !== null;
  const kind = kinds.find((one) => one === tab);
  return (
    <Tabs value={tab} onChange={(value) => value && setTab(value)} className={classes.content}>
      <div className={classes.contentBar}>
        <Tabs.List aria-label={t('portal.document.content')}>
          {kinds.map((one) => {
            const Mark = icons[one];
            return (
              <Tabs.Tab key={one} value={one} leftSection={<Mark size={16} stroke={1.75} aria-hidden />}>
                {t(`portal.copyKind.${one}`)}
                {wasSent(document, one) && <span className={classes.sentMark}>{t('portal.document.wasSent')}</span>}
              </Tabs.Tab>
            );
          })}
          {document.format && (
            <Tabs.Tab value="data" leftSection={<IconListDetails size={16} stroke={1.75} aria-hidden />}>
              {t('portal.document.data')}
            </Tabs.Tab>
          )}
          <Tabs.Tab value="xml" leftSection={<IconCode size={16} stroke={1.75} aria-hidden />}>
            {t('portal.document.xml')}
            {fileSent && <span className={classes.sentMark}>{t('portal.document.wasSent')}</span>}
          </Tabs.Tab>
          {chained && (
            <Tabs.Tab value="versions" leftSection={<IconVersions size={16} stroke={1.75} aria-hidden />}>
              {t('portal.document.versions')}
            </Tabs.Tab>
          )}
        </Tabs.List>
        {kind && (
          <Tooltip label={t('portal.document.openAlone')}>
            <ActionIcon
              component="a"
              href={copyHref(document.id, kind, 'html')}
              target="_blank"
              rel="noreferrer"
              aria-label={t('portal.document.openAlone')}
            >
              <IconExternalLink size={18} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {kinds.map((one) => (
        <Tabs.Panel key={one} value={one} className={classes.panel}>
          <CopyPanel document={document} kind={one} onCopy={onCopy} />
        </Tabs.Panel>
      ))}
      <Tabs.Panel value="data" className={classes.panel}>
        <Suspense fallback={<Skeleton height={320} />}>
          <Terms id={document.id} />
        </Suspense>
      </Tabs.Panel>
      {chained && (
        <Tabs.Panel value="versions" className={classes.panel}>
          <Suspense fallback={<Skeleton height={160} />}>
            <Versions document={document} />
          </Suspense>
        </Tabs.Panel>
      )}
      <Tabs.Panel value="xml" className={classes.panel}>
        <Suspense fallback={<Skeleton height={320} />}>
          <Source document={document} sent={fileSent} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}

// It lies with a receiver who reads it in Postgång.
function readHere(document: Document): boolean {
  return document.channel === 'network' && ['delivered', 'opened', 'accepted', 'rejected'].includes(document.status);
}

function CopyPanel({ document, kind, onCopy }: { document: Document; kind: CopyKind; onCopy: () => void }) {
  const { t, language } = useWords();
  const sent = wasSent(document, kind);
  const caption = sent
    ? t('portal.document.asSeen')
    : kind === 'readable' && readHere(document)
      ? t(document.direction === 'sent' ? 'portal.document.asReadHere' : 'portal.document.asReadByYou')
      : t('portal.document.asWouldBe');
  return (
    <>
      <div className={classes.caption}>
        <IconEye size={16} stroke={1.75} aria-hidden />
        <span>{caption}</span>
        {sent && (
          <span className={classes.captionHash}>
            <CopyValue value={document.sha256}>sha256 {shortHash(document.sha256)}</CopyValue>
          </span>
        )}
      </div>
      <CopyFrame
        key={kind}
        href={copyHref(document.id, kind, 'html')}
        title={t('portal.document.copyTitle', { kind: t(`portal.copyKind.${kind}`) })}
        onShown={onCopy}
      />
      {document.attachments.length > 0 && (
        <ul className={classes.attachments}>
          {document.attachments.map((attachment) => (
            <li key={attachment.index}>
              <a href={attachmentHref(document.id, attachment.index)} download>
                {attachment.name} <span className={classes.quiet}>{fileSizeText(attachment.size, language)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <p className={`${classes.receivedAt} prose`}>{t('portal.document.takenIn', { time: dateTimeOf(document.receivedAt) })}</p>
    </>
  );
}
