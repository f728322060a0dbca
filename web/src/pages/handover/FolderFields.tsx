// Where a folder is: over SFTP, with the server's key and ours, or on the operator's own machine.
import { TextInput } from '@mantine/core';
import type { HandoverAvailable } from '@/api/handover';
import { useWords } from '@/texts/useWords';
import { Copy } from './Kinds';
import classes from './Handover.module.css';

interface FolderFieldsProps {
  address: string;
  hostKey: string;
  available: HandoverAvailable;
  label: string;
  onAddress: (address: string) => void;
  onHostKey: (hostKey: string) => void;
}

export function FolderFields({ address, hostKey, available, label, onAddress, onHostKey }: FolderFieldsProps) {
  const { t } = useWords();
  const isSftp = address.startsWith('sftp:') || !available.folder;
  return (
    <>
      <TextInput
        size="sm"
        required
        label={label}
        description={available.folder ? t('portal.handover.folderHere', { folder: available.ownFolder ?? '' }) : t('portal.handover.folderOnlySftp')}
        placeholder={t(available.sftp ? 'portal.handover.folderHint' : 'portal.handover.folderOnlyHere')}
        maxLength={500}
        value={address}
        onChange={(event) => onAddress(event.currentTarget.value)}
      />
      {!available.sftp && <p className={classes.quiet}>{t('portal.handover.sftpOff')}</p>}
      {available.sftp && isSftp && (
        <>
          <TextInput
            size="sm"
            label={t('portal.handover.hostKey')}
            description={t('portal.handover.hostKeyWhy')}
            placeholder={t('portal.handover.hostKeyHint')}
            maxLength={100}
            value={hostKey}
            onChange={(event) => onHostKey(event.currentTarget.value)}
          />
          {available.publicKey && (
            <div className={classes.key}>
              <span className={classes.quiet}>{t('portal.handover.publicKey')}</span>
              <code>{available.publicKey}</code>
              <Copy value={available.publicKey} />
            </div>
          )}
        </>
      )}
    </>
  );
}
