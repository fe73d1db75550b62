#include "report/render.h"
#include "report/trace.h"

namespace hop {

namespace {

/// What findings and traces share.
constexpr std::string_view shared = R"json(
    "count": {"type": "integer", "minimum": 0},
    "position": {"description": "Counted from 1; columns in Unicode code points.", "type": "integer", "minimum": 1},
    "object": {
      "description": "null where the finding is about no object.",
      "type": ["object", "null"],
      "additionalProperties": false,
      "required": ["apiVersion", "kind", "namespace", "name"],
      "properties": {
        "apiVersion": {"type": "string"},
        "kind": {"type": "string"},
        "namespace": {"description": "Empty for a cluster-scoped kind, default where the manifest gives none.", "type": "string"},
        "name": {"type": "string"}
      }
    },
    "place": {
      "description": "null where a step is written in no file.",
      "type": ["object", "null"],
      "additionalProperties": false,
      "required": ["path", "line", "column", "endLine", "endColumn", "offset", "length"],
      "properties": {
        "path": {"type": "string"},
        "line": {"$ref": "#/$defs/position"},
        "column": {"$ref": "#/$defs/position"},
        "endLine": {"$ref": "#/$defs/position"},
        "endColumn": {"$ref": "#/$defs/position"},
        "offset": {"$ref": "#/$defs/count"},
        "length": {"$ref": "#/$defs/count"}
      }
    },
    "step": {
      "description": "One hop of the request's path; protocol, encryption and verified are of the link into it.",
      "type": "object",
      "additionalProperties": false,
      "required": ["kind", "label", "object", "place", "protocol", "encryption", "verified", "verdict", "reason"],
      "properties": {
        "kind": {"type": "string"},
        "label": {"type": "string"},
        "object": {"$ref": "#/$defs/object"},
        "place": {"$ref": "#/$defs/place"},
        "protocol": {"type": "string"},
        "encryption": {"enum": ["plaintext", "tls", "mtls", "unknown"]},
        "verified": {"description": "Whether the receiver is authenticated.", "type": "boolean"},
        "verdict": {"enum": ["ok", "broken", "unknown"]},
        "reason": {"type": "string"}
      }
    },
)json";

constexpr std::string_view findings_head = R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Findings of hoplint check --format json",
  "type": "object",
  "additionalProperties": false,
  "required": ["schema", "tool", "findings", "summary"],
  "properties": {
    "schema": {"const": 1},
    "tool": {
      "type": "object",
      "additionalProperties": false,
      "required": ["name", "version"],
      "properties": {"name": {"const": "hoplint"}, "version": {"type": "string"}}
    },
    "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
    "summary": {"$ref": "#/$defs/summary"}
  },
  "$defs": {)json";

constexpr std::string_view findings_tail = R"json(    "severity": {"enum": ["error", "warning", "info"]},
    "finding": {
      "type": "object",
      "additionalProperties": false,
      "required": ["rule", "aliases", "severity", "group", "message", "effect", "object", "primary", "related", "chain", "fixes",
                   "fingerprint", "suppressed"],
      "properties": {
        "rule": {"description": "The rule's id, its only name.", "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "aliases": {"description": "Codes of other tools that apply to this finding.", "type": "array", "items": {"type": "string"}},
        "severity": {"$ref": "#/$defs/severity"},
        "group": {"enum": ["correctness", "security", "reliability", "deprecation", "policy"]},
        "message": {"type": "string"},
        "effect": {"description": "What happens in production.", "type": "string"},
        "object": {"$ref": "#/$defs/object"},
        "primary": {"$ref": "#/$defs/primary"},
        "related": {"type": "array", "items": {"$ref": "#/$defs/related"}},
        "chain": {"type": "array", "items": {"$ref": "#/$defs/step"}},
        "fixes": {"type": "array", "items": {"$ref": "#/$defs/fix"}},
        "fingerprint": {"description": "Stays the same when lines move.", "type": "string"},
        "suppressed": {"type": "boolean"}
      }
    },
        "primary": {
      "description": "offset and length count the file's stored bytes; endColumn is exclusive.",
      "type": "object",
      "additionalProperties": false,
      "required": ["path", "line", "column", "endLine", "endColumn", "offset", "length", "field"],
      "properties": {
        "path": {"type": "string"},
        "line": {"$ref": "#/$defs/position"},
        "column": {"$ref": "#/$defs/position"},
        "endLine": {"$ref": "#/$defs/position"},
        "endColumn": {"$ref": "#/$defs/position"},
        "offset": {"$ref": "#/$defs/count"},
        "length": {"$ref": "#/$defs/count"},
        "field": {"description": "Path inside the object, such as spec.servers[0].port.", "type": "string"}
      }
    },
    "related": {
      "type": "object",
      "additionalProperties": false,
      "required": ["path", "line", "column", "endLine", "endColumn", "message"],
      "properties": {
        "path": {"type": "string"},
        "line": {"$ref": "#/$defs/position"},
        "column": {"$ref": "#/$defs/position"},
        "endLine": {"$ref": "#/$defs/position"},
        "endColumn": {"$ref": "#/$defs/position"},
        "message": {"type": "string"}
      }
    },
    "fix": {
      "type": "object",
      "additionalProperties": false,
      "required": ["title", "safety", "edits"],
      "properties": {
        "title": {"type": "string"},
        "safety": {"enum": ["safe", "unsafe"]},
        "edits": {"type": "array", "items": {"$ref": "#/$defs/edit"}}
      }
    },
    "edit": {
      "description": "Replaces length stored bytes at offset by text, in the file's encoding. Edits of a fix do not overlap.",
      "type": "object",
      "additionalProperties": false,
      "required": ["path", "offset", "length", "text"],
      "properties": {
        "path": {"type": "string"},
        "offset": {"$ref": "#/$defs/count"},
        "length": {"$ref": "#/$defs/count"},
        "text": {"type": "string"}
      }
    },
    "summary": {
      "type": "object",
      "additionalProperties": false,
      "required": ["files", "documents", "resources", "skipped", "references", "errors", "warnings", "infos", "suppressed"],
      "properties": {
        "files": {"$ref": "#/$defs/count"},
        "documents": {"$ref": "#/$defs/count"},
        "resources": {"$ref": "#/$defs/count"},
        "skipped": {
          "type": "object",
          "additionalProperties": false,
          "required": ["templates", "notManifests", "unreadable"],
          "properties": {
            "templates": {"$ref": "#/$defs/count"},
            "notManifests": {"$ref": "#/$defs/count"},
            "unreadable": {"$ref": "#/$defs/count"}
          }
        },
        "references": {
          "type": "object",
          "additionalProperties": false,
          "required": ["found", "missing", "outside"],
          "properties": {
            "found": {"$ref": "#/$defs/count"},
            "missing": {"$ref": "#/$defs/count"},
            "outside": {"$ref": "#/$defs/count"}
          }
        },
        "errors": {"$ref": "#/$defs/count"},
        "warnings": {"$ref": "#/$defs/count"},
        "infos": {"$ref": "#/$defs/count"},
        "suppressed": {"$ref": "#/$defs/count"}
      }
    }
  }
}
)json";

constexpr std::string_view trace_head = R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Requests of hoplint trace --format json",
  "type": "object",
  "additionalProperties": false,
  "required": ["schema", "tool", "requests", "complete", "requirement"],
  "properties": {
    "schema": {"const": 1},
    "tool": {
      "type": "object",
      "additionalProperties": false,
      "required": ["name", "version"],
      "properties": {"name": {"const": "hoplint"}, "version": {"type": "string"}}
    },
    "requests": {
      "description": "The request, then those that redirects make of it; a single one for --all.",
      "type": "array",
      "items": {"$ref": "#/$defs/request"}
    },
    "complete": {"description": "false where there are more chains than --limit.", "type": "boolean"},
    "requirement": {
      "description": "What --require asks; null without it.",
      "type": ["object", "null"],
      "additionalProperties": false,
      "required": ["name", "met", "unmet"],
      "properties": {
        "name": {"enum": ["reachable", "encrypted", "mtls"]},
        "met": {"type": "boolean"},
        "unmet": {"type": "array", "items": {"$ref": "#/$defs/unmet"}}
      }
    }
  },
  "$defs": {)json";

constexpr std::string_view trace_tail = R"json(    "answer": {"enum": ["yes", "no", "unknown"]},
    "request": {
      "type": "object",
      "additionalProperties": false,
      "required": ["url", "repeats", "chains"],
      "properties": {
        "url": {"description": "Empty for --all.", "type": "string"},
        "repeats": {"description": "The client is sent to where it has been.", "type": "boolean"},
        "chains": {"type": "array", "items": {"$ref": "#/$defs/chain"}}
      }
    },
    "chain": {
      "type": "object",
      "additionalProperties": false,
      "required": ["url", "verdict", "encrypted", "mtls", "mirror", "chain"],
      "properties": {
        "url": {"description": "What of the request takes this way; a path that ends in * is a prefix.", "type": "string"},
        "verdict": {"enum": ["ok", "broken", "unknown"]},
        "encrypted": {"description": "Whether every wire is.", "$ref": "#/$defs/answer"},
        "mtls": {"description": "Whether the wires into pods are mutual TLS, too.", "$ref": "#/$defs/answer"},
        "mirror": {"description": "Copies of requests go this way.", "type": "boolean"},
        "chain": {"type": "array", "items": {"$ref": "#/$defs/step"}}
      }
    },
    "unmet": {
      "description": "request and chain are positions, from 0.",
      "type": "object",
      "additionalProperties": false,
      "required": ["request", "chain", "why", "place"],
      "properties": {
        "request": {"$ref": "#/$defs/count"},
        "chain": {"$ref": "#/$defs/count"},
        "why": {"type": "string"},
        "place": {"$ref": "#/$defs/place"}
      }
    }
  }
}
)json";

std::string joined(std::string_view head, std::string_view tail) {
  std::string text(head);
  text += shared;
  text += tail;
  return text;
}

}  // namespace

std::string findings_schema() { return joined(findings_head, findings_tail); }
std::string trace_schema() { return joined(trace_head, trace_tail); }

}  // namespace hop
