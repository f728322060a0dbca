// What can be done with one row: the common icons on hover and focus, everything in the menu.
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconCopy, IconDots, IconDownload, IconFileTypePdf, IconUsers } from '@tabler/icons-react';
import type { DocumentSummary } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { download, originalHref, pdfHref } from '@/ui/downloads';
import { useCopy } from '@/ui/useCopy';
import { counterpartOf } from './columns';
import classes from './Documents.module.css';

export function RowActions({ row }: { row: DocumentSummary }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [, copy] = useCopy();
  const counterpart = counterpartOf(row);
  const readable = row.number !== null;
  const name = row.number ?? '';
  return (
    <span className={classes.rowActions} data-row-actions>
      {readable && (
        <Tooltip label={t('portal.documents.pdf')}>
          <ActionIcon size={28} onClick={() => download(pdfHref(row.id))} aria-label={t('portal.documents.pdfOf', { number: name })}>
            <IconFileTypePdf size={16} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={28} aria-label={t('portal.documents.actionsOf', { number: name })}>
            <IconDots size={16} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {readable && (
            <Menu.Item leftSection={<IconFileTypePdf size={16} stroke={1.75} />} onClick={() => download(pdfHref(row.id))}>
              {t('portal.documents.pdf')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconDownload size={16} stroke={1.75} />} onClick={() => download(originalHref(row.id))}>
            {t('portal.documents.original')}
          </Menu.Item>
          {row.number && (
            <Menu.Item leftSection={<IconCopy size={16} stroke={1.75} />} onClick={() => copy(row.number ?? '')}>
              {t('portal.documents.copyNumber')}
            </Menu.Item>
          )}
          {counterpart.identifier && (
            <Menu.Item
              leftSection={<IconUsers size={16} stroke={1.75} />}
              onClick={() => void navigate({ to: '/documents', search: { counterpart: counterpart.identifier ?? '' } })}
            >
              {t('portal.documents.allWith', { name: counterpart.name ?? '' })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
