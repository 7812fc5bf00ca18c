import { ConfirmButton } from '../../../../components/confirm-button.tsx';
import { doAndLeave } from '../../../../lib/do-and-leave.ts';
import { tellDone } from '../../../../lib/notices.ts';
import { useUnlinkVersion } from '../../api/change-version.ts';
import type { ArtifactPlace } from '../../api/get-version.ts';

interface UnlinkButtonProps {
  readonly place: ArtifactPlace;
  readonly onUnlinked: () => void;
}

/** Ends the link of a version in a collection. */
export function UnlinkButton({ place, onUnlinked }: UnlinkButtonProps) {
  const unlinking = useUnlinkVersion();
  const { entity, project, collection, version } = place;
  const name = `${collection}:${version}`;
  return (
    <ConfirmButton
      label="Unlink"
      about={name}
      title={`Unlink ${name}?`}
      confirm="Unlink"
      pending={unlinking.isPending}
      onConfirm={(close) =>
        doAndLeave(
          unlinking,
          { entity, project, collection, version },
          {
            tell: () => tellDone(`${name} is unlinked.`),
            leave: () => {
              close();
              onUnlinked();
            },
          },
        )
      }
    >
      It leaves the collection with its aliases there. The version itself stays where it was logged.
    </ConfirmButton>
  );
}
