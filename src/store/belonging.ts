/** Whether a user has a role in an entity, the admins of its organization among them. Arguments are SQL. */
export function belongs(user: string, entityId: string, rootId: string): string {
  return `${user}.deleted_at is null and (${user}.admin or exists (
    select from member where member.user_id = ${user}.id and (member.entity_id = ${entityId}
      or member.entity_id = ${rootId} and member.role = 'admin')))`;
}

/**
 * Whether of `automation` and `integration` one is a user's own, and that user does not belong to the entity of the
 * other: what a person lent to a team, or borrowed from it, ends with their membership.
 */
export const ESTRANGED = `coalesce(integration.tenant_id <> automation.tenant_id
  and exists (select from entity own
    where own.id in (integration.tenant_id, automation.tenant_id) and own.kind = 'personal')
  and not exists (select from app_user person
    join entity other on other.id in (integration.tenant_id, automation.tenant_id) and other.id <> person.entity_id
    where person.entity_id in (integration.tenant_id, automation.tenant_id)
      and ${belongs('person', 'other.id', 'other.root_id')}), false)`;
