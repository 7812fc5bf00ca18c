import { Anchor, Breadcrumbs, Text } from '@mantine/core';

interface FolderPathProps {
  /** What all folders lie in. */
  readonly top: string;
  readonly folder: string;
  /** Path of the file that is looked at. */
  readonly file: string | undefined;
  readonly onOpen: (folder: string) => void;
}

/** The folder or the file that is open, and the way up. */
export function FolderPath({ top, folder, file, onOpen }: FolderPathProps) {
  const names = folder === '' ? [] : folder.split('/');
  const steps = [
    { name: top, path: '' },
    ...names.map((name, index) => ({ name, path: names.slice(0, index + 1).join('/') })),
  ];
  return (
    <nav aria-label="Folder">
      <Breadcrumbs separatorMargin={6}>
        {steps.map(({ name, path }) =>
          path === folder && file === undefined ? (
            <Text key={path} size="sm" fw={550} aria-current="page">
              {name}
            </Text>
          ) : (
            <Anchor key={path} component="button" type="button" size="sm" onClick={() => onOpen(path)}>
              {name}
            </Anchor>
          ),
        )}
        {file !== undefined && (
          <Text size="sm" fw={550} aria-current="page">
            {file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file}
          </Text>
        )}
      </Breadcrumbs>
    </nav>
  );
}
