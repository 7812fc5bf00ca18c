import { Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Mark } from '../../components/mark.tsx';
import { SignInForm } from '../../features/account/components/sign-in-form.tsx';
import { useTitle } from '../../lib/use-title.ts';
import styles from './login-page.module.css';

const route = getRouteApi('/login');

/** The door. */
export function LoginPage() {
  useTitle('Sign in');
  const { to = '/' } = route.useSearch();
  const navigate = useNavigate();
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <header className={styles.head}>
          <Mark size={40} />
          <Title order={1}>Sign in to Tripline</Title>
          <p className={styles.lead}>
            {to.startsWith('/authorize')
              ? 'Then you get the API key that wandb login asks for.'
              : 'Automations for machine learning.'}
          </p>
        </header>
        <SignInForm onDone={() => void navigate({ href: to, replace: true })} />
        <p className={styles.foot}>
          No key at hand? On the server, <code>tripline user key &lt;name&gt;</code> makes one.
        </p>
      </div>
    </main>
  );
}
