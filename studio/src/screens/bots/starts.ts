// What a new bot begins with.

import { systemName, type Definition } from '../../bot/definition';

/** A first node that answers, so that there is something to talk with at once. */
export function firstNode(bot: string, name: string, says: string, answer: string): Definition {
  const said = says.trim() || 'hello';
  const label = says.trim() ? said.replace(/^./, (c) => c.toUpperCase()) : 'Welcome';
  return {
    bot, name: name.trim(), language: 'en',
    nodes: { [systemName(label, [], 'WELCOME')]: { label, start: true, user_says: [said], bot_says: [answer.trim() || `Hello, this is ${name.trim()}.`] } },
  };
}

/** A pasted definition under an address of its own: the text is JSON or YAML, and stays as it is otherwise. */
export function renamed(text: string, bot: string): { body: string; type: 'application/json' | 'application/yaml' } {
  if (text.trim().startsWith('{')) {
    try {
      const document = JSON.parse(text) as object;
      return { body: JSON.stringify({ ...document, bot }), type: 'application/json' };
    } catch {
      // YAML in braces, or broken: the server says which.
    }
  }
  const line = /^bot\s*:.*$/m;
  return { body: line.test(text) ? text.replace(line, `bot: ${JSON.stringify(bot)}`) : `bot: ${JSON.stringify(bot)}\n${text}`, type: 'application/yaml' };
}
