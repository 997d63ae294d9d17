// What changes something, each after a question, and what came of it.
const element = id => document.getElementById(id);

export function confirm(title, text, label, style) {
  element('confirm-title').textContent = title;
  element('confirm-text').textContent = text;
  const yes = element('confirm-yes');
  yes.textContent = label;
  yes.className = `btn ${style}`;
  const opener = document.activeElement;
  const dialog = window.bootstrap.Modal.getOrCreateInstance('#confirm');
  return new Promise(resolve => {
    let answer = false;
    yes.onclick = () => { answer = true; dialog.hide(); };
    element('confirm').addEventListener('hidden.bs.modal', () => { opener?.focus(); resolve(answer); }, { once: true });
    dialog.show();
  });
}

// What the answer says, true where it says nothing, or null after trouble, which is shown.
export async function send(method, address, done) {
  try {
    const response = await fetch(address, { method, cache: 'no-store' });
    const body = response.status === 204 ? true : await response.json();
    if (!response.ok) throw new Error(body.detail ?? response.statusText);
    if (done) tell(typeof done === 'function' ? done(body) : done);
    return body;
  } catch (trouble) {
    tell(trouble instanceof TypeError ? 'The host does not answer.' : trouble.message);
    return null;
  }
}

export function tell(text) {
  element('done-text').textContent = text;
  window.bootstrap.Toast.getOrCreateInstance('#done', { delay: 5_000 }).show();
}
