// For whoever does not know the service yet: what it does, and a way to ask for more. Outside the sign-in, and with nothing
// that another server would have to give. The link in a confirmation leads here too, with its token after the #.
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { IconArrowDown, IconEye, IconInbox, IconSend, IconShieldCheck, type Icon } from '@tabler/icons-react';
import { Brand } from '@/frame/Brand';
import { LanguageMenu } from '@/frame/LanguageMenu';
import { useWords } from '@/texts/useWords';
import { useTitle } from '@/ui/PageHead';
import { LeadForm } from './LeadForm';
import { Withdraw } from './Withdraw';
import classes from './Welcome.module.css';

const token_least = 60; // a section of the page has a short name

const steps: readonly { word: 'figureReceived' | 'figureChecked' | 'figureSent' | 'figureOpened'; time: string; mark: Icon; done?: boolean }[] = [
  { word: 'figureReceived', time: '09:41', mark: IconInbox },
  { word: 'figureChecked', time: '09:41', mark: IconShieldCheck },
  { word: 'figureSent', time: '09:42', mark: IconSend },
  { word: 'figureOpened', time: '10:12', mark: IconEye, done: true },
];

export function WelcomePage() {
  const { t } = useWords();
  const [token, setToken] = useState(() => (location.hash.length > token_least ? location.hash.slice(1) : undefined));
  useTitle(t(token ? 'portal.welcome.withdrawTitle' : 'portal.welcome.ask'));
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Brand />
        <nav className={classes.links} aria-label={t('portal.welcome.title')}>
          <Link to="/developers" preload={false} className={classes.wide}>
            {t('portal.welcome.developers')}
          </Link>
          <Link to="/login">{t('portal.welcome.signIn')}</Link>
          <LanguageMenu />
        </nav>
      </header>
      <main className={classes.main}>
        {token ? (
          <Withdraw
            token={token}
            onKeep={() => {
              window.history.replaceState(null, '', location.pathname);
              setToken(undefined);
            }}
          />
        ) : (
          <About />
        )}
      </main>
      <footer className={classes.foot}>{t('portal.welcome.foot')}</footer>
    </div>
  );
}

function About() {
  const { t } = useWords();
  return (
    <>
      <div className={classes.hero}>
        <div>
          <h1 className={classes.heading}>{t('portal.welcome.heading')}</h1>
          <p className={classes.intro}>{t('portal.welcome.intro')}</p>
          <a href="#ask" className={classes.ask}>
            {t('portal.welcome.ask')}
            <IconArrowDown size={16} stroke={1.75} aria-hidden />
          </a>
        </div>
        <figure className={classes.figure} aria-label={t('portal.welcome.figure')}>
          <figcaption>{t('portal.welcome.figureDocument')}</figcaption>
          <ol>
            {steps.map(({ word, time, mark: Mark, done }) => (
              <li key={word} data-done={done}>
                <Mark size={16} stroke={1.75} aria-hidden />
                <span>{t(`portal.welcome.${word}`)}</span>
                <time>{time}</time>
              </li>
            ))}
          </ol>
        </figure>
      </div>
      <section className={classes.points} aria-label={t('portal.welcome.points')}>
        {(['send', 'receive', 'show'] as const).map((point) => (
          <div key={point}>
            <h2>{t(`portal.welcome.${point}`)}</h2>
            <p>{t(`portal.welcome.${point}Why`)}</p>
          </div>
        ))}
      </section>
      <section className={classes.section} id="ask" aria-labelledby="ask-title">
        <div>
          <h2 id="ask-title" className={classes.askTitle}>
            {t('portal.welcome.ask')}
          </h2>
          <p className={classes.quiet}>{t('portal.welcome.formIntro')}</p>
        </div>
        <LeadForm />
      </section>
    </>
  );
}
