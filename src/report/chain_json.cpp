#include "report/chain_json.h"

#include "text/unicode.h"

namespace hop {

Json object_json(const std::optional<ObjectId>& object) {
  if (!object) return Json::null();
  return {{"apiVersion", object->api_version}, {"kind", object->kind}, {"namespace", object->ns}, {"name", object->name}};
}

Json region(const Sources& sources, Span place) {
  const Position begin = place ? sources[place.file].position(place.begin) : Position{};
  const Position end = place ? sources[place.file].position(place.end) : Position{};
  return {{"path", place ? sources[place.file].path() : std::string()},
          {"line", begin.line},
          {"column", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column}};
}

void add_bytes(Json& json, const Sources& sources, Span place) {
  const std::uint64_t begin = place ? sources[place.file].stored_offset(place.begin) : 0;
  const std::uint64_t end = place ? sources[place.file].stored_offset(place.end) : 0;
  json.add("offset", begin);
  json.add("length", end - begin);
}

Json place_json(const Sources& sources, Span place) {
  Json json = region(sources, place);
  add_bytes(json, sources, place);
  return json;
}

Json chain_json(const Sources& sources, const std::vector<Step>& chain) {
  const auto known = [](const std::string& word) { return word.empty() ? std::string("unknown") : word; };
  Json json = Json::list();
  for (const Step& step : chain) {
    json.push_back(Json{{"kind", step.kind},
                        {"label", escape_controls(step.label)},
                        {"object", object_json(step.object)},
                        {"place", step.where ? place_json(sources, step.where) : Json::null()},
                        {"protocol", step.protocol},
                        {"encryption", known(step.encryption)},
                        {"verified", step.verified},
                        {"verdict", known(step.verdict)},
                        {"reason", escape_controls(step.reason)}});
  }
  return json;
}

}  // namespace hop
