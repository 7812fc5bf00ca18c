import { z } from 'zod';
import { invite, listInvites, removeInvite } from '../../directory/invites.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { asId, type InviteId } from '../../model/ids.ts';
import type { Invite } from '../../store/invites.ts';
import type { RestResource } from './app.ts';
import { answers, id, instant, isoInstant, nothing, role } from './schemas.ts';
import { email } from './user-schemas.ts';

const tags = ['teams'];
const path = '/entities/:entity/invites';
const ofEntity = z.object({ entity: z.string() });

const newInvite = z.strictObject({ email, role }).meta({ id: 'NewInvite' });
const pendingInvite = z.object({ id, email: z.string(), role, createdAt: instant }).meta({ id: 'Invite' });
const outcome = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('pending'), invite: pendingInvite }),
    z.object({ status: z.literal('member'), username: z.string(), role }),
  ])
  .meta({ id: 'InviteOutcome' });

/** Invitations by email to teams and organizations; for their admins. Nothing is mailed. */
export const invites: RestResource = (app, { ground }) => {
  app.post(
    path,
    {
      schema: {
        tags,
        summary: 'Invite somebody by email',
        description: 'A user with this email is a member at once; otherwise one is when created with it.',
        params: ofEntity,
        body: newInvite,
        response: answers(201, outcome),
      },
    },
    async ({ viewer, params, body }, reply) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const invited = await invite(ground, viewer, entity, { to: { email: body.email }, role: body.role });
      const answer =
        invited.kind === 'pending'
          ? ({ status: 'pending', invite: toInvite(invited.invite) } as const)
          : ({ status: 'member', username: invited.user.username, role: invited.role } as const);
      return reply.code(201).send(answer);
    },
  );

  app.get(
    path,
    {
      schema: {
        tags,
        summary: 'List the pending invitations, oldest first',
        params: ofEntity,
        response: answers(200, z.object({ items: z.array(pendingInvite) })),
      },
    },
    async ({ viewer, params }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return { items: (await listInvites(ground, viewer, entity)).map(toInvite) };
    },
  );

  app.delete(
    `${path}/:invite`,
    {
      schema: {
        tags,
        summary: 'Take a pending invitation back',
        params: z.object({ entity: z.string(), invite: id }),
        response: nothing,
      },
    },
    async ({ viewer, params }, reply) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      await removeInvite(ground, viewer, entity, asId<InviteId>(params.invite));
      return reply.code(204).send(null);
    },
  );
};

function toInvite({ id, email, role, createdAt }: Invite): z.output<typeof pendingInvite> {
  return { id, email, role, createdAt: isoInstant(createdAt) };
}
