// SPDX-License-Identifier: MIT
// mustache.js COUNT SEED - random templates with their data, and what npm mustache makes of
// them: one JSON object a line with template, data, partials, and text or error.
'use strict';
const mustache = require('mustache');

let state = Number(process.argv[3]) >>> 0 || 1;
function random(n) {
  state ^= state << 13; state >>>= 0;
  state ^= state >>> 17;
  state ^= state << 5; state >>>= 0;
  return state % n;
}
const pick = list => list[random(list.length)];
const names = ['a', 'b', 'c', 'list', 'obj', 'a.b', 'obj.c', 'obj.list', '.', 'gone', 'obj.gone.x'];
const texts = ['x', ' ', '  ', '\n', '\n\n', '\t', 'é<&>"\'/`=', '|', '}', '{', '\r\n', 'text ', '{ {', 'a}}b'];

function value(depth) {
  switch (depth ? random(depth > 2 ? 6 : 9) : 8) {
  case 0: return '';
  case 1: return pick(['v', 'w <b>', 'é', '{{a}}', '\n']);
  case 2: return random(3) - 1;
  case 3: return true;
  case 4: return false;
  case 5: return null;
  case 6: return Array.from({ length: random(4) }, () => value(depth + 1));
  default: {
    const o = {};
    for (const name of ['a', 'b', 'c', 'list', 'obj'])
      if (random(2)) o[name] = value(depth + 1);
    return o;
  }
  }
}

// A list or map as text is JavaScript's own matter: variables do not name them.
function scalars(v) {
  return v === null || typeof v !== 'object';
}

let within = false; // a partial: one that stands in itself never ends
function template(depth) {
  let out = '';
  for (let n = random(7); n > 0; n--) {
    const name = pick(names), space = pick(['', '', ' ']);
    switch (random(depth > 3 ? 4 : within ? 8 : 9)) {
    case 0: case 1: out += pick(texts); break;
    case 2: out += `{{${space}${name}${space}}}`; break;
    case 3: out += pick([`{{{${space}${name}${space}}}}`, `{{&${space}${name}}}`]); break;
    case 4: case 5: out += `${pick(['', '\n', '  '])}{{#${space}${name}}}${pick(['', '\n'])}${template(depth + 1)}{{/${name}${space}}}${pick(['', '\n', ' \n'])}`; break;
    case 6: out += `{{^${name}}}${template(depth + 1)}{{/${space}${name}}}`; break;
    case 7: out += pick(['{{! a note }}', '\n  {{! alone\nover lines }}\n', '{{=<% %>=}}<% a %><%={{ }}=%>', '{{=| |=}}\n|#b|x|/b|\n|={{ }}=|']); break;
    default: out += `${pick(['', '\n', '  ', '\n \t', 'x '])}{{>${space}${pick(['one', 'two', 'none'])}}}${pick(['', '\n'])}`;
    }
  }
  if (depth === 0 && random(40) === 0) out += pick(['{{', '{{#a}}', '{{/a}}', '{{#a}}{{/b}}', '{{{a}}', '{{=x=}}']);
  return out;
}

for (let n = Number(process.argv[2]); n > 0; n--) {
  within = true;
  const part = template(2);
  within = false;
  const one = { template: template(0), data: value(0), partials: { one: part, two: 'p{{a}}\n\n  q{{c}}\n' } };
  let strange = false;
  mustache.escape = v => { strange = strange || !scalars(v); return String(v).replace(/[&<>"'`=/]/g, s => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '/': '&#x2F;', '`': '&#x60;', '=': '&#x3D;' })[s]); };
  mustache.Writer.prototype.unescapedValue = function (token, context) {
    const v = context.lookup(token[1]);
    if (v != null) { strange = strange || !scalars(v); return v; }
  };
  mustache.clearCache();
  try {
    one.text = new mustache.Writer().render(one.template, one.data, one.partials);
  } catch (e) {
    if (!/^(Unclosed|Unopened|Invalid tags)/.test(e.message)) continue; // what JavaScript itself stumbles over
    one.error = e.message;
  }
  if (!strange) console.log(JSON.stringify(one));
}
