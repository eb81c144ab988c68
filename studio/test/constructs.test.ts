import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Schema {
  properties?: Record<string, Schema>;
  oneOf?: Schema[];
}

const SCHEMA = JSON.parse(readFileSync('../server/src/main/resources/schemas/bot.json', 'utf8')) as Schema & { $defs: Record<string, Schema> };

/** What has no field of its own is edited as JSON. */
const AS_JSON: Record<string, string> = { top: 'setup/TheBot.tsx', node: 'build/SettingsTab.tsx', connection: 'build/SettingsTab.tsx', entity_use: 'build/SettingsTab.tsx', integration: 'build/SettingsTab.tsx' };

/** Where in src/screens each part of a definition is made, and what stands there for it. */
const PLACES: Record<string, Record<string, [file: string, words: string]>> = {
  top: {
    bot: ['bots/NewBot.tsx', 'botName'], name: ['setup/TheBot.tsx', 'What people call it'], language: ['setup/TheBot.tsx', 'Its language'],
    base_url: ['api/form.ts', 'base_url'], human_assistance: ['setup/TheBot.tsx', 'human_assistance'], bot_break: ['setup/TheBot.tsx', 'bot_break'],
    egress: ['setup/Egress.tsx', 'egress'], limits: ['setup/limitsForm.ts', 'limits'], variables: ['setup/Variables.tsx', 'New variable'],
    entities: ['build/EntitiesTab.tsx', 'Add the entity'], nodes: ['build/Build.tsx', 'Add a node'], code: ['code/CodeScreen.tsx', 'Python code'],
    samples: ['code/SampleInput.tsx', 'Save'], requirements: ['', 'not in the studio yet: packages are a text over the API'],
  },
  node: {
    label: ['build/SettingsTab.tsx', 'label="Name"'], start: ['build/SettingsTab.tsx', "'start'"], end: ['build/SettingsTab.tsx', "'end'"],
    context_clear: ['build/SettingsTab.tsx', "'context_clear'"], active: ['build/SettingsTab.tsx', 'Switched off'], user_says: ['build/NodePanel.tsx', 'UserSays'],
    entities: ['build/NodePanel.tsx', 'EntitiesTab'], integration: ['build/NodePanel.tsx', 'IntegrationTab'], bot_says: ['build/NodePanel.tsx', 'BotSays'],
    connections: ['build/NodePanel.tsx', 'ConnectionsTab'], position: ['build/Canvas.tsx', 'onNodeDragStop'],
  },
  connection: {
    to: ['build/ConnectionsTab.tsx', 'Goes to'], when: ['build/ConnectionsTab.tsx', 'RuleFields'], user_says: ['build/ConnectionsTab.tsx', 'Sentences'], entity: ['build/ConnectionsTab.tsx', 'EntityTests'],
  },
  entity_use: { entity: ['build/EntitiesTab.tsx', 'One that this bot has'], required: ['build/EntitiesTab.tsx', 'Required'], ask: ['build/EntitiesTab.tsx', 'The question'] },
  integration: {
    type: ['build/IntegrationTab.tsx', 'Write code'], isolation: ['build/IntegrationTab.tsx', 'isolation'], reuse: ['build/IntegrationTab.tsx', 'reuse'], timeout: ['build/IntegrationTab.tsx', 'Time limit'],
    output_sample: ['build/IntegrationTab.tsx', 'OutputSample'], response_before: ['build/IntegrationTab.tsx', 'response_before'], response_after: ['build/IntegrationTab.tsx', 'response_after'],
    path: ['api/form.ts', 'path'], url: ['api/form.ts', 'url'], secret: ['api/form.ts', 'secret'], headers: ['api/form.ts', 'headers'], auth: ['build/SettingsTab.tsx', '<AsJson'],
  },
};

const namesIn = (schema: Schema): string[] => [...new Set([...Object.keys(schema.properties ?? {}), ...(schema.oneOf ?? []).flatMap(namesIn)])];

test.each(Object.keys(PLACES))('each part of a %s has a place in the studio', (kind) => {
  const there = kind === 'top' ? namesIn(SCHEMA) : namesIn(SCHEMA.$defs[kind]!);
  expect(there).toEqual(expect.arrayContaining(Object.keys(PLACES[kind]!)));
  expect(readFileSync(`src/screens/${AS_JSON[kind]}`, 'utf8')).toContain('<AsJson');
  for (const [file, words] of Object.values(PLACES[kind]!)) if (file) expect(readFileSync(`src/screens/${file}`, 'utf8'), file).toContain(words);
});

test('each operator of a rule can be chosen', async () => {
  const { OPERATORS } = await import('../src/bot/words');
  expect(Object.keys(OPERATORS).sort()).toEqual(namesIn(SCHEMA.$defs['comparison']!).filter((name) => name !== 'variable').sort());
});
