import { withApi, withCode, withNode } from '../../bot/changes';
import type { Integration } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { go, hrefOf } from '../../router';
import { pretty } from '../../shared/format';
import { FIRST_CODE } from '../choose/scenarios';
import { single } from './EntitiesTab';
import { Says } from './Says';
import { Typing } from './Typing';
import { useOutput } from './useOutput';
import { useSave } from './useSave';

/** What the node asks outside of the bot, once it knows its entities. */
export function IntegrationTab({ name }: { name: string }) {
  const { bot, definition } = useBot();
  const { save } = useSave();
  const integration = definition.nodes?.[name]?.integration;
  const begin = async (change: ReturnType<typeof withApi>) => {
    if (await save(change)) go({ screen: 'node', bot, node: name });
  };
  if (!integration) {
    return (
      <div className="stack">
        <p className="hint">Asks your own code or your API for the answer, as soon as the required entities are known.</p>
        <div className="choices">
          <section className="choice" aria-label="Custom code"><h3>Custom code</h3><p>Python that is written here and runs in a box of its own.</p><button type="button" className="strong" onClick={() => void begin(withCode(name, FIRST_CODE))}>Write code</button></section>
          <section className="choice" aria-label="API"><h3>API</h3><p>A signed POST to an address of yours.</p><button type="button" className="strong" onClick={() => void begin(withApi(name))}>Call an API</button></section>
        </div>
        <p><a href={hrefOf({ screen: 'new', bot })}>Which one, and examples that work</a></p>
      </div>
    );
  }
  const set = (part: Partial<Integration>) => save(withNode(name, (node) => ({ integration: tidy({ ...node.integration!, ...part }) as Integration })));
  const words = integration.type === 'code' ? 'code' : 'API';
  return (
    <div className="stack">
      <div className="row">
        <a className="button strong" href={hrefOf({ screen: 'node', bot, node: name })}>{integration.type === 'code' ? 'Open the code editor' : 'Open the API'}</a>
        <span className="grow" />
        <button type="button" className="quiet danger" onClick={() => void save(withNode(name, { integration: undefined, ...withoutRules(definition.nodes![name]!) }))}>Remove the {words}</button>
      </div>
      <p className="hint">{integration.type === 'code' ? 'The code is kept, in case you want it back; Undo brings it back too.' : 'Address, secret, headers and a test are there.'}</p>
      <Typing label="Time limit" value={integration.timeout ?? ''} place={`${name} timeout`} placeholder={integration.type === 'code' ? definition.limits?.code_timeout ?? '20s' : definition.limits?.api_timeout ?? '30s'}
        hint="Such as 500ms or 10s; empty: the bot’s." wrong={(text) => (/^\s*(\d+(ms|s|m))?\s*$/.test(text) ? undefined : 'Write a number with ms, s or m.')} onSave={(text) => set({ timeout: text.trim() || undefined })} />
      {integration.type === 'code' && (
        <label className="field">Between two calls<select value={integration.isolation ?? (integration.reuse ? 'kept' : '')} onChange={(event) => void set({ isolation: (event.target.value || undefined) as 'kept' | undefined, reuse: undefined })}>
          <option value="">as the server was started</option><option value="restored">nothing is left: the process is put back</option><option value="process">nothing is left: each call has a process of its own</option>
          <option value="kept">all is left: what a call leaves is there for the next user</option></select></label>
      )}
      <OutputSample name={name} sample={integration.output_sample} onSave={(output_sample) => set({ output_sample })} />
      <h3>Said before its reply</h3>
      <Says label="Said before" place={`${name} before`} empty="Nothing." read={(d) => d.nodes?.[name]?.integration?.response_before}
        write={(d, says) => withNode(name, (node) => ({ integration: tidy({ ...node.integration!, response_before: single(says) }) as Integration }))(d)} />
      <h3>Said after its reply</h3>
      <Says label="Said after" place={`${name} after`} empty="Nothing." read={(d) => d.nodes?.[name]?.integration?.response_after}
        write={(d, says) => withNode(name, (node) => ({ integration: tidy({ ...node.integration!, response_after: single(says) }) as Integration }))(d)} />
    </div>
  );
}

function OutputSample({ name, sample, onSave }: { name: string; sample: unknown; onSave: (sample: unknown) => Promise<boolean> }) {
  const output = useOutput(name);
  const wrong = (text: string) => {
    try {
      if (text.trim()) JSON.parse(text);
      return undefined;
    } catch (error) {
      return `This is no JSON yet: ${(error as Error).message}`;
    }
  };
  return (
    <div className="stack">
      <Typing label="A sample of its output" lines={4} mono value={sample === undefined ? '' : pretty(sample)} place={`${name} output sample`} hint="Its variables are offered in rules and texts; what the last run answered is too."
        placeholder={'{"status": true, "state": "late", "days": 3}'} wrong={wrong} onSave={(text) => onSave(text.trim() ? JSON.parse(text) as unknown : undefined)} />
      {output !== undefined && output !== sample && <div><button type="button" onClick={() => void onSave(output)}>Take the output of the last run</button></div>}
    </div>
  );
}

/** Rules look at an output that there is no more. */
const withoutRules = ({ connections = [] }: { connections?: { when?: unknown }[] }) => ({ connections: connections.filter((one) => !one.when) as never });

const tidy = (value: object) => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
