import { Button, Popover, SegmentedControl, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconLogout } from '@tabler/icons-react';
import { api } from '@/api/client';
import type { Session } from '@/api/queries';
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

export function ThemeChoice() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t('portal.frame.theme')}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
      data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`portal.frame.themes.${value}`) }))}
    />
  );
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
