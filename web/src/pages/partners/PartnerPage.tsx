// One counterpart: where it stands, in figures, how it is reached and how we know, where it asks to be paid, what may
// be the same, and what holds for its Smartmail.
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { IconUserOff } from '@tabler/icons-react';
import { ApiProblem } from '@/api/problem';
import { partnerQuery, type Partner } from '@/api/queries';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { Crumbs } from '@/ui/Crumbs';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { Accounts } from './Accounts';
import { ChannelOrder } from './ChannelOrder';
import { Figures } from './Figures';
import { Invite } from './Invite';
import { KnownChannels } from './Known';
import { Merged } from './Merged';
import { Move } from './Move';
import { PartnerSmartmail } from './PartnerSmartmail';
import { Reach } from './Reach';
import classes from './Partners.module.css';

const route = getRouteApi('/frame/partners/$identifier');

export function PartnerPage() {
  const { t } = useWords();
  const { identifier } = route.useParams();
  const { data, error, refetch } = useQuery(partnerQuery(identifier));
  if (error && !data) {
    const absent = error instanceof ApiProblem && error.problem.status === 404;
    if (!absent) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
    return (
      <Notice page icon={IconUserOff} title={t('portal.partner.absent')} action={<Link to="/partners">{t('portal.partner.toList')}</Link>}>
        {t('portal.partner.absentWhy')}
      </Notice>
    );
  }
  return (
    <div className={classes.page}>
      <Crumbs>
        <Link to="/partners">{t('portal.nav.partners')}</Link>
      </Crumbs>
      <PageHead title={data?.name ?? identifierText(identifier)} quiet={data && <About partner={data} />} />
      {data ? (
        <>
          <Traffic partner={data} />
          <Move key={`move ${data.identifier}`} partner={data} />
          <div className={classes.columns}>
            <div className={classes.column}>
              <Figures partner={data} />
              <Accounts partner={data} />
            </div>
            <div className={classes.column}>
              <KnownChannels partner={data} />
              <Merged partner={data} />
            </div>
            <Reach key={`${identifier} ${data.email} ${JSON.stringify(data.postalAddress)}`} partner={data} />
            <div className={classes.column}>
              <ChannelOrder key={identifier} partner={data} />
              <PartnerSmartmail key={`smartmail ${identifier}`} identifier={identifier} />
              <Invite key={`invite ${data.identifier}`} partner={data} />
            </div>
          </div>
        </>
      ) : (
        <Skeleton height={320} mt="md" />
      )}
    </div>
  );
}

function About({ partner }: { partner: Partner }) {
  const { t } = useWords();
  const words = [
    t(`portal.partners.kind.${partner.kind}`),
    identifierText(partner.identifier),
    partner.customerNumber && !partner.identifier.startsWith('customer:') && t('portal.documents.customer', { number: partner.customerNumber }),
  ];
  return <span className="prose">{words.filter(Boolean).join(' · ')}</span>;
}

function Traffic({ partner }: { partner: Partner }) {
  const { t, number } = useWords();
  const counterpart = partner.identifier;
  return (
    <p className={classes.traffic}>
      <Link to="/documents/sent" search={{ counterpart }}>
        {t('portal.partner.sent', { count: partner.sentCount, number: number(partner.sentCount) })}
      </Link>
      <Link to="/documents/received" search={{ counterpart }}>
        {t('portal.partner.received', { count: partner.receivedCount, number: number(partner.receivedCount) })}
      </Link>
      <Link to="/smartmail" search={{ counterpart }}>
        {t('portal.partner.smartmail')}
      </Link>
    </p>
  );
}
