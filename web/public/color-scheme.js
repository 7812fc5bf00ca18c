// Before the first paint: the scheme that was chosen here, or the system's. A file, as no script may stand in the page.
{
  const kept = localStorage.getItem('tripline-color-scheme');
  const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
}
