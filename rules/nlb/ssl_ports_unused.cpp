// Ports that are to speak TLS but that the Service does not have.
#include "model/aws/nlb.h"
#include "model/aws/values.h"
#include "rule/rule.h"

namespace hop::rules {
namespace {

/// Whether a port of the Service has this name or number; unknown where one of its own is.
Truth has_port(const Service& service, std::string_view text) {
  const auto number = aws::parse_int(text);
  Truth found = Truth::no;
  for (yaml::Node node : service.ports()) {
    const ServicePort port{node};
    found = found || port.name().equals(text);
    if (number) found = found || port.number().equals(*number);
  }
  return found;
}

void check_one(const Resource& resource, Report& report) {
  const Service service(resource);
  const nlb::Maker maker = nlb::maker_of(service);
  if (maker == nlb::Maker::none || maker == nlb::Maker::other || maker == nlb::Maker::unknown) return;
  const auto ports = nlb::annotation(resource, "ssl-ports");
  if (!ports.is_known()) return;
  const bool surely = maker == nlb::Maker::controller || maker == nlb::Maker::auto_mode;
  if (nlb::annotation(resource, "ssl-cert").is_absent()) {
    report.at_key(resource, ports.node(), "`ssl-ports` does nothing without `ssl-cert`")
        .severity(Severity::warning)
        .effect("the load balancer listens for plain TCP on these ports");
    return;
  }
  for (const aws::Piece& item : aws::string_list(*ports)) {
    if (yaml::is_placeholder(item.text) || (item.text == "*" && !surely) || has_port(service, item.text) != Truth::no) continue;
    Finding finding = report.at(resource, ports.node(), ports.node().part_span(item.begin, item.end),
                                item.text == "*" ? std::string("`*` stands for no port where the controller makes the load balancer")
                                                 : format("the Service has no port `{}`", shorten(item.text)));
    finding.target(std::string(item.text));
    if (!surely) finding.severity(Severity::warning).effect("the port is not served with TLS; it may be that of another port");
  }
}

}  // namespace

extern constinit const Rule nlb_ssl_ports_unused = {
    .info =
        {.id = "nlb-ssl-ports-unused",
         .summary = "`ssl-ports` of a Service names a port that the Service does not have",
         .docs =
             "`aws-load-balancer-ssl-ports` lists names or numbers of `spec.ports`. The AWS Load Balancer Controller refuses others, `*` "
             "too; leave the annotation out for all ports. Without `aws-load-balancer-ssl-cert` it has no effect.",
         .effect = "the controller stops with \"Unused port in ssl-ports annotation\" and the load balancer is not made",
         .source = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#ssl-ports",
         .severity = Severity::error,
         .ineffective = true},
    .reads = {Kind::service},
    .check_one = check_one,
};

}  // namespace hop::rules
