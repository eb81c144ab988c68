import { get, type Schemas } from '../../api/client';
import { useBot } from '../../bot/useBot';
import { Trouble } from '../../shared/Trouble';
import { useLoaded } from '../../shared/useAsync';

/** What code of the bot can import beside the standard library, and what is missing. */
export function Packages() {
  const { bot, revision } = useBot();
  const { data, error, reload } = useLoaded(async () => {
    const [own, system] = await Promise.all([get('/api/v1/bots/{bot}/packages', { path: { bot } }), get('/api/v1/system')]);
    return { own: own.data!, defaults: system.data!.default_packages };
  }, `packages ${bot} ${revision}`);
  if (error !== undefined) return <Trouble error={error} onRetry={reload} />;
  if (!data) return <p role="status">Loading …</p>;
  return (
    <div className="stack">
      <Own packages={data.own} />
      <Defaults packages={data.defaults} />
      <div className="row end"><button type="button" onClick={reload}>Look again</button></div>
    </div>
  );
}

const OWN = {
  none: 'This bot names no packages of its own; requirements.txt beside bot.yaml does.',
  installing: 'What requirements.txt names is being installed; until then what was there before is used.',
  failed: 'What requirements.txt names could not be installed; what was there before is used.',
  ready: 'Of this bot, as requirements.txt names them:',
};

function Own({ packages }: { packages: Schemas['Packages'] }) {
  return (
    <section className="stack">
      <h3>Its own</h3>
      <p>{OWN[packages.state]}</p>
      {packages.error && <p className="note odd">{packages.error}</p>}
      {packages.packages.length > 0 && <ul>{packages.packages.map((one) => <li key={one.name}>{one.name} {one.version}</li>)}</ul>}
    </section>
  );
}

const DEFAULTS = {
  installing: 'Some are being installed now; code that imports those fails until they are there.',
  ready: 'All are there. A package of the bot comes before the one of the same name here.',
  incomplete: 'Some are missing; code that imports those fails unless the bot names them in requirements.txt.',
  off: 'They are switched off on this server; what the distribution has installed can be imported.',
};

function Defaults({ packages }: { packages: Schemas['System']['default_packages'] }) {
  return (
    <section className="stack">
      <h3>Of every bot</h3>
      <p>{DEFAULTS[packages.state]}</p>
      {packages.missing.length > 0 && <ul className="note odd">{packages.missing.map((one) => <li key={one.name}>{one.name}: {one.why}</li>)}</ul>}
      <ul>{packages.installed.map((one) => <li key={one.name}>{one.name} {one.version}{one.source === 'distribution' && ' (of the distribution)'}</li>)}</ul>
    </section>
  );
}
