import { Egress } from './Egress';
import { Limits } from './Limits';
import { Packages } from './Packages';
import { AllEntities, TheBot } from './TheBot';
import { Variables } from './Variables';
import { Versions } from './Versions';

/** What holds for the whole bot. */
export function Setup() {
  return (
    <main id="content" tabIndex={-1} className="page">
      <h1>Setup</h1>
      <section className="panel" aria-labelledby="the-bot"><h2 id="the-bot">The bot</h2><TheBot /></section>
      <section className="panel" aria-labelledby="all-entities"><h2 id="all-entities">Entities</h2><AllEntities /></section>
      <section className="panel" aria-labelledby="variables"><h2 id="variables">Variables</h2><Variables /></section>
      <section className="panel" aria-labelledby="limits"><h2 id="limits">Limits</h2><Limits /></section>
      <section className="panel" aria-labelledby="egress"><h2 id="egress">Egress</h2><Egress /></section>
      <section className="panel" aria-labelledby="packages"><h2 id="packages">Packages</h2><Packages /></section>
      <section className="panel" aria-labelledby="versions"><h2 id="versions">Versions</h2><Versions /></section>
    </main>
  );
}
