// The files that lie in the invoice: what is there, to take away, and new ones.
import { useState } from 'react';
import { ActionIcon, Button, FileButton, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconPaperclip, IconX } from '@tabler/icons-react';
import type { Correction, NewAttachment } from '@/api/stops';
import { fileSizeText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import type { Draft } from './draft';
import classes from './Correction.module.css';

const bytesMost = 10_000_000;
const types: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

const typeOf = (name: string) => types[name.toLowerCase().split('.').at(-1) ?? ''];

function contentOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(new Error(`${file.name} could not be read`));
    reader.readAsDataURL(file);
  });
}

interface AttachmentsProps {
  correction: Correction;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

export function Attachments({ correction, draft, onChange }: AttachmentsProps) {
  const { t, language } = useWords();
  const [fault, setFault] = useState('');

  const add = async (files: File[]) => {
    setFault('');
    const taken = new Set([...correction.attachments, ...draft.attachments].map((one) => one.reference));
    const added: NewAttachment[] = [];
    for (const file of files) {
      const mediaType = typeOf(file.name);
      if (!mediaType) setFault(t('portal.correction.attachmentType', { name: file.name }));
      else if (file.size > bytesMost) setFault(t('portal.correction.attachmentSize', { name: file.name, size: fileSizeText(bytesMost, language) }));
      else {
        let reference = file.name;
        for (let number = 2; taken.has(reference); number++) reference = `${file.name} ${number}`;
        taken.add(reference);
        try {
          added.push({ reference, fileName: file.name, mediaType, content: await contentOf(file) });
        } catch {
          setFault(t('portal.correction.attachmentUnread', { name: file.name }));
        }
      }
    }
    onChange({ ...draft, attachments: [...draft.attachments, ...added] });
  };

  return (
    <div className={classes.attachments}>
      <ul>
        {correction.attachments.map((one) => {
          const gone = draft.removed.includes(one.place);
          const name = one.name ?? one.reference;
          const word = t(gone ? 'portal.correction.attachmentKeep' : 'portal.correction.attachmentRemove', { name });
          return (
            <li key={one.place} data-gone={gone || undefined}>
              <IconPaperclip size={16} stroke={1.75} aria-hidden />
              <span className={classes.fileName}>{name}</span>
              <span className={classes.dim}>{gone ? t('portal.correction.takenAway') : one.size === 0 ? t('portal.correction.attachmentNoFile') : fileSizeText(one.size, language)}</span>
              <Tooltip label={word}>
                <ActionIcon
                  aria-label={word}
                  onClick={() =>
                    onChange({ ...draft, removed: gone ? draft.removed.filter((place) => place !== one.place) : [...draft.removed, one.place] })
                  }
                >
                  {gone ? <IconArrowBackUp size={16} stroke={1.75} /> : <IconX size={16} stroke={1.75} />}
                </ActionIcon>
              </Tooltip>
            </li>
          );
        })}
        {draft.attachments.map((one) => {
          const word = t('portal.correction.attachmentRemove', { name: one.fileName });
          return (
            <li key={one.reference}>
              <IconPaperclip size={16} stroke={1.75} aria-hidden />
              <span className={classes.fileName}>{one.fileName}</span>
              <span className={classes.newMark}>{t('portal.correction.attachmentNew')}</span>
              <Tooltip label={word}>
                <ActionIcon
                  aria-label={word}
                  onClick={() => onChange({ ...draft, attachments: draft.attachments.filter((other) => other !== one) })}
                >
                  <IconX size={16} stroke={1.75} />
                </ActionIcon>
              </Tooltip>
            </li>
          );
        })}
      </ul>
      <FileButton multiple accept={Object.keys(types).map((ending) => `.${ending}`).join(',')} onChange={(files) => void add(files)}>
        {(props) => (
          <Button {...props} leftSection={<IconPaperclip size={16} stroke={1.75} aria-hidden />}>
            {t('portal.correction.attachmentAdd')}
          </Button>
        )}
      </FileButton>
      {fault && (
        <p className={classes.help} data-wrong role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
