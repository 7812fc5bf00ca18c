import { useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  deleteEntityProjectArtifactVersionAliase,
  deleteEntityProjectArtifactVersionTag,
  putEntityProjectArtifactVersionAliase,
  putEntityProjectArtifactVersionTag,
} from '../../../lib/api/generated.ts';
import { useArtifactsChanged } from './artifacts-changed.ts';
import type { VersionAddress } from './get-version.ts';

/** Giving a version an alias in its collection, and taking one away. */
export function useAliases(address: VersionAddress) {
  const onSettled = useArtifactsChanged();
  const adding = useMutation({
    mutationFn: (alias: string) => call(putEntityProjectArtifactVersionAliase, { params: { ...address, alias } }),
    onSettled,
    meta: { quiet: true },
  });
  const removing = useMutation({
    mutationFn: (alias: string) => call(deleteEntityProjectArtifactVersionAliase, { params: { ...address, alias } }),
    onSettled,
  });
  return { adding, removing };
}

/** Giving a version a tag, and taking one away. */
export function useVersionTags(address: VersionAddress) {
  const onSettled = useArtifactsChanged();
  const adding = useMutation({
    mutationFn: (tag: string) => call(putEntityProjectArtifactVersionTag, { params: { ...address, tag } }),
    onSettled,
    meta: { quiet: true },
  });
  const removing = useMutation({
    mutationFn: (tag: string) => call(deleteEntityProjectArtifactVersionTag, { params: { ...address, tag } }),
    onSettled,
  });
  return { adding, removing };
}
