// For whoever connects a system, with or without an account: the first calls, and the contract below.
import { Link } from '@tanstack/react-router';
import { Brand } from '@/frame/Brand';
import { LanguageMenu } from '@/frame/LanguageMenu';
import { useWords } from '@/texts/useWords';
import { useTitle } from '@/ui/PageHead';
import { Contract } from './Contract';
import { Snippet } from './Snippet';
import { snippets, steps } from './guide';
import classes from './Developers.module.css';

const toKnow = ['again', 'errors', 'limits', 'pages', 'opened'] as const;

export function DevelopersPage() {
  const { t } = useWords();
  useTitle(t('portal.developers.title'));
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Link to="/" className={classes.home} preload={false}>
          <Brand />
        </Link>
        <LanguageMenu />
      </header>
      <main className={classes.main}>
        <h1 className={classes.title}>{t('portal.developers.title')}</h1>
        <p className={classes.lead}>{t('portal.developers.lead')}</p>
        <Start />
        <section className={classes.section} aria-labelledby="to-know">
          <h2 id="to-know">{t('portal.developers.toKnow')}</h2>
          <ul className={classes.known}>
            {toKnow.map((name) => (
              <li key={name}>{t(`portal.developers.known.${name}`)}</li>
            ))}
          </ul>
        </section>
        <section className={classes.section} aria-labelledby="contract">
          <h2 id="contract">{t('portal.developers.contract')}</h2>
          <p className={classes.quiet}>
            {t('portal.developers.contractWhy')} <a href="/api/openapi.json">/api/openapi.json</a>
          </p>
          <Contract />
        </section>
      </main>
    </div>
  );
}

function Start() {
  const { t } = useWords();
  const lines = snippets(location.origin);
  return (
    <section className={classes.section} aria-labelledby="start">
      <h2 id="start">{t('portal.developers.start')}</h2>
      <p>
        {t('portal.developers.needsKey')} <Link to="/settings/keys">{t('portal.developers.toKeys')}</Link> {t('portal.developers.sandbox')}
      </p>
      <Snippet name="start" text={lines.start} label={t('portal.developers.startLabel')} />
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step}>
            <h3>{t(`portal.developers.${step}`)}</h3>
            <p className={classes.quiet}>{t(`portal.developers.stepWhy.${step}`)}</p>
            <Snippet name={step} text={lines[step]} label={t(`portal.developers.${step}`)} />
          </li>
        ))}
      </ol>
    </section>
  );
}
