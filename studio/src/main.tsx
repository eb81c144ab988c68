import { createRoot } from 'react-dom/client';
import { App } from './shell/App';
import './style/base.css';
import './style/layout.css';
import './style/parts.css';
import './style/chat.css';
import './style/build.css';

createRoot(document.getElementById('app')!).render(<App />);
