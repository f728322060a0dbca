import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconCertificate, IconChevronDown, IconDownload, IconFileCode, IconFileTypePdf, IconPaperclip } from '@tabler/icons-react';
import type { Document } from '@/api/queries';
import { fileSizeText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { attachmentHref, evidenceHref, originalHref, pdfHref } from '@/ui/downloads';
import { copyInUse } from './copies';

interface DownloadsProps {
  document: Document;
  large?: boolean;
  small?: boolean; // an icon beside what matters more
}

export function Downloads({ document, large = false, small = false }: DownloadsProps) {
  const { t, language } = useWords();
  const kind = copyInUse(document);
  return (
    <Menu position={small ? 'top-end' : large ? 'top' : 'bottom-end'} width={large && !small ? 'target' : 260}>
      <Menu.Target>
        {small ? (
          <ActionIcon variant="default" size={44} aria-label={t('portal.document.download')}>
            <IconDownload size={18} stroke={1.75} />
          </ActionIcon>
        ) : (
          <Button
            size={large ? 'md' : 'xs'}
            fullWidth={large}
            leftSection={<IconDownload size={large ? 18 : 16} stroke={1.75} />}
            rightSection={<IconChevronDown size={14} stroke={1.75} />}
          >
            {t('portal.document.download')}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {kind && (
          <Menu.Item component="a" href={pdfHref(document.id, kind)} download leftSection={<IconFileTypePdf size={16} stroke={1.75} />}>
            {t('portal.documents.pdf')}
          </Menu.Item>
        )}
        <Menu.Item component="a" href={originalHref(document.id)} download leftSection={<IconFileCode size={16} stroke={1.75} />}>
          {t('portal.document.originalSize', { size: fileSizeText(document.size, language) })}
        </Menu.Item>
        <Menu.Item component="a" href={evidenceHref(document.id, language)} download leftSection={<IconCertificate size={16} stroke={1.75} />}>
          {t('portal.document.evidencePackage')}
        </Menu.Item>
        {document.attachments.length > 0 && <Menu.Label>{t('portal.document.attachments')}</Menu.Label>}
        {document.attachments.map((attachment) => (
          <Menu.Item
            key={attachment.index}
            component="a"
            href={attachmentHref(document.id, attachment.index)}
            download
            leftSection={<IconPaperclip size={16} stroke={1.75} />}
          >
            {attachment.name} ({fileSizeText(attachment.size, language)})
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
