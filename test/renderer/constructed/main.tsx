// The window on a constructed desk in memory: for looking at screens and states without a host. `?vault=none|closed`, `?roles=supervisor`.
import { createRoot } from 'react-dom/client';
import '../../../renderer/tokens.css';
import '../../../renderer/ground.css';
import { App } from '../../../renderer/app.tsx';
import { constructedDesk } from './constructed-desk.ts';

const asked = new URLSearchParams(location.search);
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App transport={constructedDesk(asked)} />);
