/* The page around the example: shows its source, and that it works. Nothing here talks to Grandstand. */
const source = document.getElementById('source');

fetch('/sdk/example.js')
  .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(`status ${answer.status}`))))
  .then((text) => { source.textContent = text; })
  .catch((failure) => { source.textContent = `// The example could not be read: ${failure.message}`; });
