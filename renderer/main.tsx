// Entry of the window: connect to the desk, then draw.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import './ground.css';
import { App } from './app.tsx';
import { openNoDroppedFiles } from './dropped-files.ts';
import { connectToDesk } from './transport.ts';

const transport = connectToDesk(); // before anything reads the address: it takes the token out of it
openNoDroppedFiles();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<StrictMode><App transport={transport} /></StrictMode>);
