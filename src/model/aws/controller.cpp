#include "model/aws/controller.h"

namespace hop::aws {
namespace {

/// The image's name without registry, tag and digest.
std::string_view image_name(std::string_view image) {
  image = image.substr(image.rfind('/') == std::string_view::npos ? 0 : image.rfind('/') + 1);
  return image.substr(0, image.find_first_of(":@"));
}

}  // namespace

yaml::Node controller_container(const Resource& deployment) {
  for (yaml::Node container : deployment.pod_spec()["containers"].items()) {
    const std::string_view name = image_name(container["image"].str());
    if (name == controller_chart || name == "aws-alb-ingress-controller") return container;
  }
  return {};
}

std::optional<Flag> flag(yaml::Node container, std::string_view name) {
  for (yaml::Node list : {container["args"], container["command"]}) {
    yaml::Node alone;  // the flag itself, whose value is the next item
    for (yaml::Node item : list.items()) {
      const std::string_view text = item.str();
      if (alone) return text.starts_with("--") ? Flag{"", alone} : Flag{text, item};
      if (!text.starts_with(name)) continue;
      if (text.size() > name.size() && text[name.size()] == '=') return Flag{text.substr(name.size() + 1), item};
      if (text.size() == name.size()) alone = item;
    }
    if (alone) return Flag{"", alone};
  }
  return std::nullopt;
}

yaml::Node flags_of(yaml::Node container) { return container["args"] ? container["args"] : container; }

}  // namespace hop::aws
