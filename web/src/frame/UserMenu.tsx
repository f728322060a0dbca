import { Button, Popover, SegmentedControl, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconBell, IconFileExport, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { api } from '@/api/client';
import { sessionQuery, type Session } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import classes from './Frame.module.css';

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? '').join('');
}

export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => api.delete('/api/v1/session'),
    onSettled: async () => {
      await navigate({ to: '/login' });
      client.clear();
    },
  });
}

// Kept with the user, so that it follows to the next device.
function useTheme() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (theme: Session['user']['theme']) => api.patch('/api/v1/me', { body: { theme } }),
    onSuccess: (me) => {
      client.setQueryData(['me'], me);
      client.setQueryData(sessionQuery.queryKey, (old) => old && { ...old, user: { ...old.user, theme: me.theme } });
    },
  });
}

export function ThemeChoice() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const keep = useTheme();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t('portal.frame.theme')}
      value={colorScheme}
      onChange={(value) => {
        setColorScheme(value as 'light' | 'dark' | 'auto');
        keep.mutate(value === 'auto' ? 'system' : (value as 'light' | 'dark'));
      }}
      data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`portal.frame.themes.${value}`) }))}
    />
  );
}

const ownPages = [
  ['/notifications', 'news', IconBell],
  ['/exports', 'exports', IconFileExport],
  ['/account', 'account', IconUserCircle],
] as const;

// What is the person's own, and no company's.
export function OwnPages() {
  const { t } = useWords();
  return ownPages.map(([to, word, Mark]) => (
    <Button key={to} component={Link} to={to} variant="subtle" color="gray" justify="start" leftSection={<Mark size={16} stroke={1.75} aria-hidden />}>
      {t(`portal.frame.${word}`)}
    </Button>
  ));
}

export function UserMenu({ session }: { session: Session }) {
  const { t } = useWords();
  const signOut = useSignOut();
  return (
    <Popover position="bottom-end" width={248} trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.tool}
          aria-label={t('portal.frame.user', { initials: initials(session.user.name), name: session.user.name })}
        >
          <span className={classes.avatar} aria-hidden>
            {initials(session.user.name)}
          </span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.personal} aria-label={session.user.name}>
        <p className={classes.person}>
          {session.user.name}
          <span>{session.user.email}</span>
        </p>
        <ThemeChoice />
        <OwnPages />
        <Button
          variant="subtle"
          color="gray"
          justify="start"
          leftSection={<IconLogout size={16} stroke={1.75} aria-hidden />}
          onClick={() => signOut.mutate()}
        >
          {t('portal.frame.signOut')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
