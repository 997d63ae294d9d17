// Fills rows from the page's templates. Rows are used again, so that a year of updates makes no more of them than are seen.

// Values by the data-text attributes of the template.
export function fill(node, values) {
  for (const place of [node, ...node.querySelectorAll('[data-text]')]) {
    const text = values[place.dataset.text];
    if (text !== undefined && place.textContent !== text) place.textContent = text;
  }
  return node;
}

export const clone = template => document.getElementById(template).content.firstElementChild.cloneNode(true);

export function show(parent, template, items) {
  while (parent.children.length > items.length) parent.lastElementChild.remove();
  while (parent.children.length < items.length) parent.append(clone(template));
  items.forEach((item, index) => fill(parent.children[index], item));
}
