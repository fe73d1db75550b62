// Certificates in several places, or where none may be named.
#include "model/istio/field_sets.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

struct Place {
  std::string_view what;
  yaml::Node node;
};

/// Where the server's certificate comes from.
std::vector<Place> sources(yaml::Node tls) {
  std::vector<Place> found;
  for (const std::string_view field : {"credentialName", "credentialNames", "tlsCertificates", "serverCertificate", "privateKey"}) {
    const bool key_of_file = field == "privateKey" && !found.empty() && found.back().what == "serverCertificate";
    if (istio::is_set(tls[field]) && !key_of_file) found.push_back({field, tls[field]});
  }
  return found;
}

void check_mutual(const Resource& resource, yaml::Node tls, Report& report) {
  for (const std::string_view field :
       {"credentialName", "credentialNames", "tlsCertificates", "serverCertificate", "privateKey", "caCertificates"}) {
    if (!istio::is_set(tls[field])) continue;
    report.at_key(resource, tls[field], format("mode `ISTIO_MUTUAL` brings its own certificates and takes no `{}`", field))
        .alias("IST0106");
  }
}

void check_list(const Resource& resource, yaml::Node tls, Report& report) {
  const yaml::Node list = tls["caCrl"];
  if (!istio::is_set(list)) return;
  if (istio::is_set(tls["credentialName"])) {
    report.at_key(resource, list, "`caCrl` is not read beside `credentialName`: the Secret holds it").alias("IST0106");
  } else if (text_of(tls["mode"]).equals("SIMPLE") == Truth::yes) {
    report.at_key(resource, list, "mode `SIMPLE` asks for no client certificate, so there is none to revoke").alias("IST0106");
  }
}

void check_one(const Resource& resource, Report& report) {
  for (yaml::Node node : Gateway(resource).servers()) {
    const yaml::Node tls = GatewayServer{node}.tls();
    const auto mode = text_of(tls["mode"]);
    if (mode.equals("ISTIO_MUTUAL") == Truth::yes) {
      check_mutual(resource, tls, report);
      continue;
    }
    const auto places = sources(tls);
    if (places.size() > 1) {
      report.at_key(resource, places[1].node, format("`{}` and `{}` both name the certificate", places[0].what, places[1].what))
          .alias("IST0106")
          .note(places[0].node.key_span(), "the other one");
    }
    check_list(resource, tls, report);
  }
}

}  // namespace

extern constinit const Rule gateway_certificate_conflict = {
    .info = {.id = "gateway-certificate-conflict",
             .summary = "a Gateway server names its certificate twice, or where its mode takes none",
             .docs = "A server takes one of `credentialName`, `credentialNames`, `tlsCertificates`, and files. ISTIO_MUTUAL "
                     "uses the certificates of the mesh and takes none of them. `caCrl` goes with files and with modes that ask "
                     "for client certificates.",
             .effect = "istiod's webhook refuses the object; what was there before stays in force",
             .source = "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings",
             .severity = Severity::error,
             .aliases = {"IST0106"}},
    .reads = {Kind::gateway},
    .check_one = check_one,
};

}  // namespace hop::rules
