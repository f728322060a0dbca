// What a mail's link to no more of them leads to. Only the button does it: robots and previews follow links.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import { Entrance, Fault } from '@/pages/entrance/Entrance';
import classes from '@/pages/login/LoginPage.module.css';
import { useWords } from '@/texts/useWords';
import { useTitle } from '@/ui/PageHead';

export function UnsubscribePage() {
  const { t } = useWords();
  const token = window.location.hash.slice(1);
  const stop = useMutation({ mutationFn: () => api.post('/api/v1/unsubscribe/{token}', { path: { token } }) });
  const unknown = !token || (stop.error instanceof ApiProblem && stop.error.problem.status === 404);
  const title = t(unknown ? 'portal.news.unsubscribe.bad' : stop.isSuccess ? (stop.data.digest.length > 0 ? 'portal.news.unsubscribe.doneLowered' : 'portal.news.unsubscribe.done') : 'portal.news.unsubscribe.title');
  useTitle(title);
  const kinds = stop.data?.kinds.map((kind) => t(`portal.news.kind.${kind}`)).join(', ');
  const lowered = stop.data?.digest.map((kind) => t(`portal.news.kind.${kind}`)).join(', ');
  return (
    <Entrance>
      <div className={classes.form} role={stop.isSuccess || unknown ? 'status' : undefined}>
        <h1 className={classes.title}>{title}</h1>
        {unknown && <p className={classes.help}>{t('portal.news.unsubscribe.badWhy')}</p>}
        {stop.isSuccess && (kinds || !lowered) && <p className={classes.help}>{kinds ? t('portal.news.unsubscribe.doneWhy', { kinds }) : t('portal.news.unsubscribe.nothing')}</p>}
        {lowered && <p className={classes.help}>{t('portal.news.unsubscribe.lowered', { kinds: lowered })}</p>}
        {!unknown && !stop.isSuccess && (
          <>
            <Fault error={stop.error} />
            <p className={classes.help}>{t('portal.news.unsubscribe.why')}</p>
            <Button variant="filled" size="sm" fullWidth loading={stop.isPending} onClick={() => stop.mutate()}>
              {t('portal.news.unsubscribe.button')}
            </Button>
          </>
        )}
        <Link to="/" className={classes.forgotten}>
          {t('portal.news.unsubscribe.toPortal')}
        </Link>
      </div>
    </Entrance>
  );
}
