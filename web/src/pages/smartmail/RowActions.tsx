// What can be done with one row: icons on hover and focus, everything in the menu; on touch only the menu. What cannot be
// done stands there with the reason.
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconBuilding, IconDots, IconFile, IconSend } from '@tabler/icons-react';
import type { SmartmailItem } from '@/api/smartmail';
import { useWords } from '@/texts/useWords';
import { actionWord, offered, whyNot } from './actions';
import { targetOf, type Acting } from './useActing';
import classes from './Smartmail.module.css';

interface RowActionsProps {
  item: SmartmailItem;
  acting: Acting;
  withIcons?: boolean;
}

export function RowActions({ item, acting, withIcons = false }: RowActionsProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  const name = item.document.number ?? '';
  const { id, receiver } = item.document;
  const waiting = item.state === 'waiting';
  return (
    <span className={classes.rowActions} data-row-actions>
      {withIcons && waiting && (
        <span className={classes.rowIcons}>
          {offered.map(({ action, field, Icon: Mark }) => {
            const why = whyNot(t, item.actions, field);
            return (
              <Tooltip key={action} label={why || actionWord(t, action)} multiline maw={280}>
                <ActionIcon
                  size={28}
                  aria-label={t('portal.smartmail.actionOn', { action: actionWord(t, action), number: name })}
                  {...(why ? { 'data-disabled': true, 'aria-disabled': true } : {})}
                  onClick={() => !why && acting.start(action, [targetOf(item)])}
                >
                  <Mark size={16} stroke={1.75} />
                </ActionIcon>
              </Tooltip>
            );
          })}
        </span>
      )}
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon size={withIcons ? 28 : 44} aria-label={t('portal.documents.actionsOf', { number: name })}>
            <IconDots size={16} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {waiting &&
            offered.map(({ action, field, Icon: Mark }) => {
              const why = whyNot(t, item.actions, field);
              return (
                <Menu.Item
                  key={action}
                  leftSection={<Mark size={16} stroke={1.75} aria-hidden />}
                  {...(why ? { 'aria-disabled': true, className: classes.menuOff, closeMenuOnClick: false } : {})}
                  onClick={() => !why && acting.start(action, [targetOf(item)])}
                >
                  {actionWord(t, action)}
                  {why && <span className={classes.menuWhy}>{why}</span>}
                </Menu.Item>
              );
            })}
          {waiting && <Menu.Divider />}
          <Menu.Item leftSection={<IconFile size={16} stroke={1.75} aria-hidden />} onClick={() => void navigate({ to: '/documents/$id', params: { id } })}>
            {t('portal.upload.open')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSend size={16} stroke={1.75} aria-hidden />} onClick={() => void navigate({ to: '/documents/$id', params: { id }, search: { act: 'resend' } })}>
            {t('portal.resend.via')}
          </Menu.Item>
          {receiver.identifier && (
            <Menu.Item
              leftSection={<IconBuilding size={16} stroke={1.75} aria-hidden />}
              onClick={() => void navigate({ to: '/partners/$identifier', params: { identifier: receiver.identifier ?? '' } })}
            >
              {t('portal.smartmail.toPartner', { name: receiver.name ?? '' })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
