import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, useMatch } from '@tanstack/react-router';
import { IconArrowLeft, IconMenu2, IconSearch } from '@tabler/icons-react';
import type { Session } from '@/api/queries';
import { useQuery } from '@tanstack/react-query';
import { documentQuery } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { Bell } from './Bell';
import { CompanySwitcher } from './CompanySwitcher';
import { LanguageMenu } from './LanguageMenu';
import { UserMenu } from './UserMenu';
import classes from './Frame.module.css';

interface HeaderProps {
  session: Session;
  onSearch: () => void;
  onMenu: () => void;
  menuOpen: boolean;
}

export function Header({ session, onSearch, onMenu, menuOpen }: HeaderProps) {
  const { t } = useWords();
  const narrow = useMediaQuery('(max-width: 61.99em)', undefined, { getInitialValueInEffect: false });
  const open = useMatch({ from: '/frame/documents/$id', shouldThrow: false });

  if (narrow)
    return (
      <div className={classes.bar}>
        <div className={classes.left}>{open ? <BackLink id={open.params.id} /> : <CompanySwitcher session={session} />}</div>
        <div className={classes.right}>
          <ActionIcon className={classes.touch} onClick={onSearch} aria-label={t('portal.frame.search')}>
            <IconSearch size={20} stroke={1.75} />
          </ActionIcon>
          <Bell session={session} narrow />
          <ActionIcon className={classes.touch} onClick={onMenu} aria-label={t('portal.frame.menu')} aria-expanded={menuOpen}>
            <IconMenu2 size={20} stroke={1.75} />
          </ActionIcon>
        </div>
      </div>
    );
  return (
    <div className={classes.bar}>
      <div className={classes.left}>
        <CompanySwitcher session={session} />
      </div>
      <UnstyledButton className={classes.searchButton} onClick={onSearch} aria-keyshortcuts="/ Control+K">
        <IconSearch size={16} stroke={1.75} aria-hidden />
        <span>{t('portal.frame.searchHint')}</span>
        <Kbd aria-hidden>/</Kbd>
      </UnstyledButton>
      <div className={classes.right}>
        <Bell session={session} />
        <LanguageMenu />
        <UserMenu session={session} />
      </div>
    </div>
  );
}

// On a phone a document page's header leads back to the list it belongs to.
function BackLink({ id }: { id: string }) {
  const { t } = useWords();
  const direction = useQuery(documentQuery(id)).data?.direction;
  return (
    <Link
      to={direction === 'received' ? '/documents/received' : direction === 'sent' ? '/documents/sent' : '/documents'}
      className={classes.back}
    >
      <IconArrowLeft size={18} stroke={1.75} aria-hidden />
      {t(`portal.nav.${direction ?? 'documents'}`)}
    </Link>
  );
}
