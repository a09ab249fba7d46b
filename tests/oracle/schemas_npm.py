# SPDX-License-Identifier: MIT
"""schemas_npm.py - reads the schemas back from the validators that the npm packages of
tests/validators/manifests carry: each of their functions checks one schema, and says so in the
errors that it would report."""
import json
import os
import re
HEAD = re.compile(r'function (validate\d+)\(data,\{instancePath="",parentData,parentDataProperty,'
                  r'rootData=data\}=\{\}\)\{|function (validate\d+)\(data\)\{')
SAME = re.compile(r"(validate\d+)\(data,\{instancePath,")
PROP = re.compile(r'(validate\d+)\(data(?:\.([A-Za-z_$][\w$]*)|\["([^"]+)"\]),'
                  r'\{instancePath:instancePath\+"')
ITEM = re.compile(r"(validate\d+)\(data\[i\d+\],")
EXTRA = re.compile(r"(validate\d+)\(data\[key\d+\],")
ERROR = re.compile(r'keyword:"(\w+)",params:\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}')
IMPORT = re.compile(r'import\{validate as (validate\d+)\}from"([^"]+)"')
PATTERN = re.compile(r'let (pattern\d+)=(?:new )?(?:RegExp|func\d+)\("((?:[^"\\]|\\.)*)","u"\)')
FORMAT = re.compile(r'let (formats\d+)=formats(?:\.(\w+)|\["([^"]+)"\])')
ENUM = re.compile(r"let (schema\d+_enum)=(\[[^\]]*\])")
COMBINED = ("anyOf", "oneOf", "not")
# The packages lose every field of this name, as if it told of the schema; their types still have it.
LOST = {"IoK8sSigsGatewayApiApisV1GatewayClassSpec.js": "description", "IoK8sApiSchedulingV1PriorityClass.js": "description"}


def number(text):
    value = float(int(text, 16)) if text.lower().startswith(("0x", "-0x")) else float(text)
    return int(value) if value == int(value) else value


class Reader:
    """Schemas by (file, function); a schema names others by such pairs."""

    def __init__(self, modules):
        self.modules = modules
        self.files = {}

    def path(self, name, origin):
        if name.startswith("."):
            return os.path.normpath(os.path.join(os.path.dirname(origin), name))
        return os.path.join(self.modules, name) + ("" if name.endswith(".js") else ".js")

    def load(self, path):
        if path in self.files:
            return self.files[path]
        with open(path, encoding="utf-8") as f:
            text = f.read()
        imports = {v: (self.path(p, path), None) for v, p in IMPORT.findall(text)}
        patterns = {v: p.encode().decode("unicode_escape") for v, p in PATTERN.findall(text)}
        enums = dict(ENUM.findall(text))
        found = {}
        heads = list(HEAD.finditer(text))
        for i, m in enumerate(heads):
            end = heads[i + 1].start() if i + 1 < len(heads) else len(text)
            body = text[m.end():end]
            name = m.group(1) or m.group(2)
            stop = body.find(f"{name}.errors=")
            found[name] = self.schema(body[:stop], path, imports, patterns, enums)
        root = re.search(r"export const validate=(validate\d+)", text).group(1)
        lost = LOST.get(os.path.basename(path))
        if lost:
            found["lost"] = {"type": "string"}
            found[root]["properties"][lost] = (path, "lost")
        self.files[path] = (root, found)
        return self.files[path]

    def schema(self, body, path, imports, patterns, enums):
        def ref(name):
            return imports.get(name, (path, name))

        s = {"nullable": "null!==data" in body}
        errors = ERROR.findall(body)
        # A function without any check takes everything, as JSON does.
        combined = [k for k, _ in errors if k in COMBINED]
        if len(combined) > 1:
            raise ValueError(f"{path}: two of {combined} in one schema")
        same = [ref(n) for n in SAME.findall(body)]
        if same:
            s[combined[0] if combined else "allOf"] = same
        props = {}
        for name, a, b in PROP.findall(body):
            props[a or b] = ref(name)
        if props:
            s["properties"] = props
        for pattern, key in ((ITEM, "items"), (EXTRA, "additional")):
            hits = pattern.findall(body)
            if hits:
                s[key] = ref(hits[0])
        for keyword, params in errors:
            self.keyword(s, keyword, params, body, patterns, enums)
        return s

    @staticmethod
    def keyword(s, keyword, params, body, patterns, enums):
        if keyword == "type":
            s["type"] = re.search(r'type:"(\w+)"', params).group(1)
        elif keyword == "required":
            name = re.search(r'missingProperty:"([^"]+)"', params).group(1)
            s.setdefault("required", []).append(name)
        elif keyword == "enum":
            values = json.loads(enums[re.search(r"allowedValues:(\w+)", params).group(1)])
            # A number is compared as it is written.
            s["enum"] = [v if isinstance(v, str) else json.dumps(v) for v in values]
            if not s["enum"]:
                raise ValueError("an enum that allows nothing")
        elif keyword == "pattern":
            s["pattern"] = patterns[re.search(r"(pattern\d+)\.test", body).group(1)]
        elif keyword == "format":
            s["format"] = re.search(r'format:"([\w-]+)"', params).group(1)
        elif keyword in ("maxItems", "minItems", "maxLength", "minLength", "maxProperties",
                         "minProperties", "maximum", "minimum"):
            s[keyword] = number(re.search(r"limit:(-?[\w.+]+)", params).group(1))
        elif keyword not in COMBINED:
            raise ValueError(f"the keyword {keyword} is not known")

    def get(self, ref):
        path, name = ref
        root, found = self.load(path)
        return found[name or root]
