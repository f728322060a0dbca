// Files that go with what is written. What they may be is the server's to say.
import { useState } from 'react';
import { ActionIcon, Button, FileButton } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import type { TicketFile } from '@/api/tickets';
import { fileSizeText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import classes from './Tickets.module.css';

const accepted = '.pdf,.png,.jpg,.jpeg,.gif,.webp,.heic,.tif,.tiff,.txt,.log,.csv,.xml,.json,.eml,.xlsx,.docx,.ods,.odt,.xls,.doc,.zip';

export interface ChosenFile extends TicketFile {
  size: number;
}

function contentOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(new Error(`${file.name} could not be read`));
    reader.readAsDataURL(file);
  });
}

export function TicketFiles({ files, onChange }: { files: readonly ChosenFile[]; onChange: (files: ChosenFile[]) => void }) {
  const { t, language } = useWords();
  const [fault, setFault] = useState('');
  const add = async (chosen: File[]) => {
    setFault('');
    const added: ChosenFile[] = [];
    for (const file of chosen) {
      try {
        added.push({ fileName: file.name, mediaType: file.type, content: await contentOf(file), size: file.size });
      } catch {
        setFault(t('portal.tickets.fileUnread', { name: file.name }));
      }
    }
    onChange([...files, ...added]);
  };
  return (
    <div className={classes.files}>
      {files.length > 0 && (
        <ul>
          {files.map((file, index) => (
            <li key={`${file.fileName}${index}`}>
              <IconPaperclip size={16} stroke={1.75} aria-hidden />
              <span className={classes.fileName}>{file.fileName}</span>
              <span className={classes.quiet}>{fileSizeText(file.size, language)}</span>
              <ActionIcon size={24} aria-label={t('portal.tickets.detach', { name: file.fileName })} onClick={() => onChange(files.filter((other) => other !== file))}>
                <IconX size={14} stroke={1.75} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <FileButton multiple accept={accepted} onChange={(chosen) => void add(chosen)}>
        {(props) => (
          <Button {...props} size="xs" variant="subtle" leftSection={<IconPaperclip size={16} stroke={1.75} aria-hidden />}>
            {t('portal.tickets.attach')}
          </Button>
        )}
      </FileButton>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault}
        </p>
      )}
    </div>
  );
}

export const filesIn = (files: readonly ChosenFile[]): TicketFile[] => files.map(({ fileName, mediaType, content }) => ({ fileName, content, ...(mediaType ? { mediaType } : {}) }));
