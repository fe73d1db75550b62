#pragma once
// The least that a reader on libyaml can do. Knows nothing of us.

#include <yaml.h>

#include <string>

namespace hop::bench {

/// Every event of a text, thrown away.
inline void read_events(const std::string& text) {
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  yaml_event_t event;
  bool more = true;
  while (more && yaml_parser_parse(&parser, &event) != 0) {
    more = event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
}

}  // namespace hop::bench
