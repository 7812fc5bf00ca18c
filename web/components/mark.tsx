/** The mark of Tripline: a line that is crossed. */
export function Mark({ size = 26 }: { readonly size?: number }) {
  return <img src="/mark.svg" width={size} height={size} alt="" />;
}
