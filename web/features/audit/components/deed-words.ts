/** A deed in words: `member.role_changed` is “Member role changed”. */
export function deedWords(deed: string): string {
  const words = deed.replace(/^api_key/, 'API key').replaceAll(/[._]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
