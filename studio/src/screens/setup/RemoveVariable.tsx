import { ApiError, type Schemas } from '../../api/client';
import { namedBy } from '../../bot/definition';
import { deleteVariable, ENVIRONMENTS, useBot } from '../../bot/useBot';
import { Sheet } from '../../shared/Sheet';
import { Trouble } from '../../shared/Trouble';
import { useAction } from '../../shared/useAsync';

/** Says what goes with a variable. Its values go last, when nothing can refuse it any more: nobody can bring them back. */
export function RemoveVariable({ variable, onClose, onRemoved }: { variable: Schemas['Variable']; onClose: () => void; onRemoved: () => void }) {
  const { bot, definition, edit } = useBot();
  const { busy, error, run } = useAction();
  const { name, secret, set } = variable;
  const valued = ENVIRONMENTS.filter((environment) => set[environment]);
  const { nodes, base } = namedBy(definition, name);
  const gone = async () => {
    await edit((d) => ({ ...d, variables: Object.fromEntries(Object.entries(d.variables ?? {}).filter(([other]) => other !== name)) }));
    await deleteVariable(bot, name).catch((failure: unknown) => {
      if (!(failure instanceof ApiError) || failure.code !== 'unknown_variable') throw failure;
    });
    onClose();
  };
  const remove = () => run(() => gone().finally(onRemoved));
  return (
    <Sheet title={`Remove ${name}`} onClose={onClose}>
      {valued.length > 0 ? (
        <div className="note odd stack">
          <p>Its value in {valued.join(' and ')} goes{secret ? ' and cannot be brought back: nobody can read a secret.' : ' too.'}</p>
          <p>Versions that are live lose it at once.</p>
        </div>
      ) : <p>It has no value.</p>}
      {nodes.length > 0 && <p>Take it out of the {nodes.length > 1 ? 'nodes that name it' : 'node that names it'} first: {nodes.map((node, index) => <span key={node}>{index > 0 && ', '}<code>{node}</code></span>)}.</p>}
      {base && <p>A base URL of the bot names it. Take it out there first.</p>}
      <p className="hint">Code that reads it finds nothing; look there yourself.</p>
      {error !== undefined && <Trouble error={error} />}
      <div className="row">
        <button type="button" className="danger" disabled={busy} onClick={remove}>Remove it{valued.length > 0 && ' and its values'}</button>
        <button type="button" className="quiet" data-first disabled={busy} onClick={onClose}>Cancel</button>
      </div>
    </Sheet>
  );
}
