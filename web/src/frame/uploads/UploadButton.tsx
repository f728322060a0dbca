// The button that sends files, and beside it the choice of how these files are to go. Without a choice each document takes
// the best channel that reaches its receiver.
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconRoute, IconUpload } from '@tabler/icons-react';
import { useWords } from '@/texts/useWords';
import { channelLook } from '@/ui/icons';
import { useUpload } from './UploadProvider';

const wishes = ['peppol', 'email', 'print', 'network'] as const;

export function UploadButton() {
  const { t } = useWords();
  const upload = useUpload();
  return (
    <Button.Group>
      <Button variant="filled" leftSection={<IconUpload size={16} stroke={1.75} aria-hidden />} onClick={() => upload()}>
        {t('portal.upload.action')}
      </Button>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <Button variant="filled" px={7} aria-label={t('portal.upload.how')} title={t('portal.upload.how')} style={{ borderInlineStart: '1px solid var(--pg-primary-hover)' }}>
            <IconChevronDown size={16} stroke={1.75} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('portal.upload.how')}</Menu.Label>
          <Menu.Item leftSection={<IconRoute size={16} stroke={1.75} aria-hidden />} onClick={() => upload()}>
            {t('portal.upload.by.best')}
          </Menu.Item>
          {wishes.map((channel) => {
            const { Icon: Mark, colour } = channelLook(channel);
            return (
              <Menu.Item key={channel} leftSection={<Mark size={16} stroke={1.75} color={colour} aria-hidden />} onClick={() => upload(channel)}>
                {t(`portal.upload.by.${channel}`)}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
