// Whoever is in a sandbox sees it on every page: a line round everything, and words that say what it means.
import { IconFlask } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useWords } from '@/texts/useWords';
import classes from './SandboxFrame.module.css';

export default function SandboxFrame() {
  const { t } = useWords();
  return (
    <>
      <div className={classes.frame} aria-hidden />
      <div className={classes.banner} role="note">
        <IconFlask size={16} stroke={1.75} aria-hidden />
        <Link to="/settings/sandbox">{t('portal.frame.sandboxBanner')}</Link>
      </div>
    </>
  );
}
