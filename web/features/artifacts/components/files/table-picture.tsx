import { useQuery } from '@tanstack/react-query';
import { Thumb } from '../../../../components/preview/thumb.tsx';
import type { VersionAddress } from '../../api/get-version.ts';
import { fileQuery, mediaQuery } from '../../api/list-files.ts';

/** A picture that a table of a version names; its path, until it is found. */
export function TablePicture({ address, path }: { readonly address: VersionAddress; readonly path: string }) {
  const { data: media } = useQuery(mediaQuery(address));
  // most lie where the client puts them and come together; a picture that the version had already lies elsewhere
  const isElsewhere = media !== undefined && !media.has(path);
  const { data: file } = useQuery({ ...fileQuery(address, path), enabled: isElsewhere });
  const url = media?.get(path) ?? file?.url ?? undefined;
  return url === undefined ? path : <Thumb path={path} url={url} />;
}
