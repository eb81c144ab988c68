import { SaveRow } from './SaveRow';
import { useSettings } from './useSettings';

interface Values {
  code_timeout: string;
  api_timeout: string;
  memory: string;
  own: string;
}

const given = (values: Record<string, string>) => Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));

/** How long an integration may take, and how much memory code has. */
export function Limits({ node }: { node?: string }) {
  const settings = useSettings<Values>(
    `limits ${node ?? ''}`,
    (d) => ({
      code_timeout: d.limits?.code_timeout ?? '', api_timeout: d.limits?.api_timeout ?? '', memory: d.limits?.memory ?? '',
      own: (node && d.nodes?.[node]?.integration?.timeout) || '',
    }),
    (d, { own, ...limits }) => {
      const at = node === undefined ? undefined : d.nodes?.[node];
      return {
        ...d,
        limits: Object.keys(given(limits)).length ? given(limits) : undefined,
        ...(node !== undefined && at?.integration
          ? { nodes: { ...d.nodes, [node]: { ...at, integration: { ...at.integration, timeout: own.trim() || undefined } } } } : {}),
      };
    },
  );
  const { value, change } = settings;
  const field = (key: keyof Values, label: string, placeholder: string, hint: string) => (
    <label className="field">{label}<input value={value[key]} placeholder={placeholder} onChange={(event) => change({ ...value, [key]: event.target.value })} /><small>{hint}</small></label>
  );
  return (
    <form className="stack">
      {node && field('own', 'Timeout of this integration', 'as for the whole bot', 'such as 5s or 800ms; when it is over, the process is killed and the bot says its sorry')}
      <div className="row">
        {field('code_timeout', 'Code, each call', '20s', 'for all custom code of this bot')}
        {field('api_timeout', 'API, each call', '30s', 'for all APIs of this bot')}
        {field('memory', 'Memory of code', '256MiB', 'the interpreter included')}
      </div>
      <SaveRow settings={settings} />
    </form>
  );
}
