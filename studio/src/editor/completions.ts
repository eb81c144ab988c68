// What the editor offers while code is typed: the bot's entities and variables where their names
// belong, and the functions of the module `patchbay`.

import { snippetCompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';

export interface Names {
  entities: string[];
  variables: string[];
}

/** See docs/reference/python-module.md. */
const BUILDERS: [name: string, snippet: string, detail: string][] = [
  ['reply', 'reply(${"text"})', 'what main returns'],
  ['Payload', 'Payload(event)', 'the payload with its parts'],
  ['Entities', 'Entities(${payload["entities"]})', 'values of entities'],
  ['body', 'body(event)', 'the payload as a dict'],
  ['text', 'text(${"words"}, quick_replies=[${"Yes"}])', 'words with quick replies'],
  ['button', 'button(${"words"}, [${say("Yes")}])', 'words with buttons'],
  ['carousel', 'carousel([${card("Title")}])', 'cards side by side'],
  ['image', 'image(${"https://"})', 'a picture'],
  ['quick_reply', 'quick_reply(${"Yes"})', 'a reply to tap'],
  ['say', 'say(${"Yes"})', 'a button that says something'],
  ['link', 'link(${"Open"}, ${"https://"})', 'a button that opens an address'],
  ['call', 'call(${"Ring up"}, ${"+1"})', 'a button that rings up'],
  ['card', 'card(${"Title"}, sub_title=${""})', 'one card of a carousel'],
];

const builders: Completion[] = BUILDERS.map(([label, template, detail], index) =>
  snippetCompletion(template, { label, detail, type: 'function', section: 'patchbay', boost: 20 - index }));

export type Wanted = 'entity' | 'variable' | 'name' | undefined;

/** What is being typed before the cursor, and where it begins. */
export function wantedAt(before: string): { wanted: Wanted; typed: string } {
  const inQuotes = /(?:entities(?:["']\])?(?:\.(?:get|all|text|raw)\(|\[)|variables(?:["']\])?(?:\.get\(|\[))\s*["']([\w-]*)$/.exec(before);
  if (inQuotes) return { wanted: /variables(?:["']\])?[.[(get]*\s*["'][\w-]*$/.test(before) ? 'variable' : 'entity', typed: inQuotes[1] ?? '' };
  const word = /(?:^|[^\w."'])([A-Za-z_]\w*)$/.exec(before);
  if (word && !/#/.test(before.replace(/(["']).*?\1/g, ''))) return { wanted: 'name', typed: word[1] ?? '' };
  return { wanted: undefined, typed: '' };
}

export function completionsOf(names: () => Names) {
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const { wanted, typed } = wantedAt(line.text.slice(0, context.pos - line.from));
    const from = context.pos - typed.length;
    const quoted = (list: string[], detail: string): CompletionResult => ({
      from, options: list.map((label) => ({ label, detail, type: 'constant' })), validFor: /^[\w-]*$/,
    });
    switch (wanted) {
      case 'entity':
        return quoted(names().entities, 'entity');
      case 'variable':
        return quoted(names().variables, 'variable');
      case 'name':
        return { from, options: builders, validFor: /^\w*$/ };
      default:
        return null;
    }
  };
}
