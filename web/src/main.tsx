import '@mantine/core/styles.layer.css';
import './theme/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, warmUp } from './App';
import { startTexts } from './texts/i18n';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

warmUp();
await startTexts();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
