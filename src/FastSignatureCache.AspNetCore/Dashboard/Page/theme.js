// Runs before anything is drawn, so that no page flashes white in a dark room. Not a module for that reason.
(() => {
  const order = ['auto', 'light', 'dark'];
  const labels = { auto: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' };
  const system = matchMedia('(prefers-color-scheme: dark)');
  let choice = order.includes(localStorage.getItem('theme')) ? localStorage.getItem('theme') : 'auto';

  const apply = () => {
    const dark = choice === 'dark' || (choice === 'auto' && system.matches);
    document.documentElement.dataset.bsTheme = dark ? 'dark' : 'light';
    const button = document.getElementById('theme');
    if (button) button.textContent = labels[choice];
    document.dispatchEvent(new Event('themechange'));
  };

  system.addEventListener('change', apply);
  document.addEventListener('DOMContentLoaded', () => {
    document.getElementById('theme').addEventListener('click', () => {
      choice = order[(order.indexOf(choice) + 1) % order.length];
      localStorage.setItem('theme', choice);
      apply();
    });
    apply();
  });
  apply();
})();
