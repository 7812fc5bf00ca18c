import { deepStrictEqual } from 'node:assert/strict';
import { describe } from 'node:test';
import { assertOutcome, python, runPython, type Script } from '../support/python.ts';
import type { Person, Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';

/** Runs a script of the unmodified client as a member of the scene's team; it prints its findings as JSON. */
function ask<Found>({ server, team }: Scene, person: Person, source: string, more: Partial<Script> = {}) {
  const env = { WANDB_ENTITY: team };
  return python<Found>({ server, person, source: `${PRELUDE}\n${source}`, ...more, env });
}

const PRELUDE = `
import json, wandb
api = wandb.Api()
def show(registry):
    return [registry.name, registry.visibility, registry.description, registry.allow_all_artifact_types, sorted(registry.artifact_types)]
def refused(deed):
    try:
        deed()
    except Exception as error:
        return type(error).__name__
    return None
`;

describe('embedded', () => {
  const scenario = stage('embedded');

  scenario('a registry is created, read, changed, renamed and deleted by the client', async (scene) => {
    const found = await ask(
      scene,
      scene.person,
      `
created = api.create_registry(name="model", visibility="organization", description="ours", artifact_types=["model"])
again = refused(lambda: api.create_registry(name="model", visibility="organization"))
registry = api.registry("model")
seen = [show(created), show(registry), registry.organization == registry.entity == api.organization().name]
registry.description = "all of ours"
registry.artifact_types.append("dataset")
registry.visibility = "restricted"
registry.name = "best"
registry.save()
seen += [show(api.registry("best")), refused(lambda: api.registry("model")), again]
registry.delete()
print(json.dumps(seen + [refused(lambda: api.registry("best")), refused(registry.delete)]))
`,
    );
    deepStrictEqual(found, [
      ['model', 'organization', 'ours', false, ['model']],
      ['model', 'organization', 'ours', false, ['model']],
      true,
      ['best', 'restricted', 'all of ours', false, ['dataset', 'model']],
      'ValueError',
      'ValueError',
      'ValueError',
      'ValueError',
    ]);
  });

  scenario('registries are listed in order, filtered, and page by page', async (scene) => {
    const found = await ask(
      scene,
      scene.person,
      `
for name in ["b", "c", "a"]:
    api.create_registry(name=name, visibility="organization")
names = lambda **query: [registry.name for registry in api.registries(**query)]
paged = api.registries(per_page=1)
first = next(paged).name
rest = names(per_page=1, start=paged.cursor)
print(json.dumps([
    names(), names(order="name"), names(order="-name", per_page=2), [first, *rest] == names(per_page=1),
    names(filter={"name": "b"}), names(filter={"name": {"$regex": "-[ab]$"}}, order="name"),
    names(filter={"name": {"$contains": "c"}}),
    [c.name for c in api.registries(filter={"name": "a"}).collections()],
    [v.name for v in api.registry("a").versions()],
]))
`,
    );
    deepStrictEqual(found, [['a', 'c', 'b'], ['a', 'b', 'c'], ['c', 'b', 'a'], true, ['b'], ['a', 'b'], ['c'], [], []]);
  });

  scenario('users and teams are invited, given roles and removed; only whom it invites sees it', async (scene) => {
    const source = (deed: string) => `
registry = api.registry("secret")
${deed}
users = [[member.user.username, member.role] for member in registry.user_members()]
teams = [[member.team.name, member.role] for member in registry.team_members()]
print(json.dumps([users, teams]))
`;
    const owner = [scene.person.username, 'admin'];
    const mate = scene.teammate.username;
    await ask(scene, scene.person, 'api.create_registry(name="secret", visibility="restricted"); print("{}")');
    const hidden = await runPython({
      server: scene.server,
      person: scene.teammate,
      source: `${PRELUDE}\napi.registry("secret")`,
      env: { WANDB_ENTITY: scene.team },
    });
    assertOutcome(hidden, '1');
    const added = await ask(
      scene,
      scene.person,
      source(`
user = api.user("${mate}"); team = api.team("${scene.team}")
registry.add_members(user, team)
registry.update_member(user, role="restricted_viewer").update_member(team, role="member")`),
    );
    deepStrictEqual(added, [[owner, [mate, 'restricted_viewer']], [[scene.team, 'member']]]);
    const byMate = await ask(
      scene,
      scene.teammate,
      'print(json.dumps([show(api.registry("secret")), refused(api.registry("secret").delete)]))',
    );
    deepStrictEqual(byMate, [['secret', 'restricted', null, true, []], 'ValueError']);
    const removed = await ask(
      scene,
      scene.person,
      source(`registry.remove_members(api.user("${mate}"), api.team("${scene.team}"))`),
    );
    deepStrictEqual(removed, [[owner], []]);
  });
});
