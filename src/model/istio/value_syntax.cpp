#include "model/istio/value_syntax.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "model/address.h"
#include "model/port.h"
#include "model/value.h"
#include "text/format.h"
#include "text/pattern.h"
#include "text/words.h"

namespace hop::istio {
namespace {

using Fault = std::optional<std::string>;

constexpr std::string_view digits = "0123456789";

bool is_alphanumeric(char c) {
  const char folded = static_cast<char>(c | 0x20);
  return (folded >= 'a' && folded <= 'z') || (c >= '0' && c <= '9');
}

bool only(std::string_view text, std::string_view more) {
  return std::all_of(text.begin(), text.end(), [more](char c) { return is_alphanumeric(c) || more.find(c) != std::string_view::npos; });
}

/// Why a name without wildcards is none; "" where it is one.
std::string labels_fault(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('.') + 1);
  if (!last.empty() && last.find_first_not_of(digits) == std::string_view::npos) return "ends in a label of digits only";
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('.', begin), name.size());
    const std::string_view label = name.substr(begin, end - begin);
    if (end == name.size() && begin > 0 && label.empty()) break;
    if (!is_dns_label(label)) return label.empty() ? "has an empty label" : format("has the label {}", shown(label));
    begin = end + 1;
  }
  return "";
}

/// The same of one whose first label may hold a wildcard.
std::string wildcard_fault(std::string_view name) {
  if (name.empty() || name.size() > 255) return name.empty() ? "is empty" : "is longer than 255 characters";
  const std::size_t dot = std::min(name.find('.'), name.size());
  std::string_view first = name.substr(0, dot);
  if (first == "*") return dot + 1 < name.size() ? labels_fault(name.substr(dot + 1)) : "";
  if (!first.starts_with('*')) {
    return first.size() == name.size() && is_dns_label(first) ? std::string() : labels_fault(name);
  }
  first.remove_prefix(first.starts_with("*-") ? 2 : 1);
  if (!is_dns_label(first)) return format("has the label {}", shown(name.substr(0, dot)));
  return dot + 1 < name.size() ? labels_fault(name.substr(dot + 1)) : "";
}

Fault no_dns_name(std::string why) {
  if (why.empty()) return std::nullopt;
  return format("is no DNS name: it {}", why);
}

Fault host_fault(std::string_view host) { return no_dns_name(wildcard_fault(host)); }

/// The dnsName part of a Gateway's or a Sidecar's host.
Fault served_host_fault(std::string_view host, bool address) {
  if (host == "*" || (address && is_ip_address(host))) return std::nullopt;
  if (const auto fault = host_fault(host)) return fault;
  if (host.find('.') == std::string_view::npos) return "is a short name; Istio completes none here";
  if (is_partial_wildcard(host)) return "has a wildcard for a part of a label";
  return std::nullopt;
}

Fault scoped_host_fault(std::string_view text, bool gateway) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return gateway ? served_host_fault(text, true) : Fault("is not of the form `namespace/dnsName`");
  const std::string_view ns = text.substr(0, slash);
  const std::string_view host = text.substr(slash + 1);
  if (ns.empty() || host.empty()) return ns.empty() ? "has no namespace before the slash" : "has no host behind the slash";
  const bool special = ns == "*" || ns == "." || (!gateway && (ns == "~" || ns.starts_with('~')));
  if (!special && !is_dns_label(ns)) return format("names {}, which can be no namespace", shown(ns));
  return served_host_fault(host, gateway);
}

Fault gateway_name_fault(std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return no_dns_name(name.empty() ? "is empty" : labels_fault(name));
  const std::string_view ns = name.substr(0, slash);
  const std::string_view rest = name.substr(slash + 1);
  if (ns.empty() || rest.empty()) return "lacks the namespace or the name beside the slash";
  if (!is_dns_label(ns)) return format("names {}, which can be no namespace", shown(ns));
  // Names that Istio gives to Gateways it makes itself; another rule speaks of them.
  if (rest.find('~') != std::string_view::npos) return std::nullopt;
  if (!is_dns_label(rest)) return format("names {}, which can be no Gateway", shown(rest));
  return std::nullopt;
}

Fault socket_fault(std::string_view path) {
  if (path.starts_with('@')) return std::nullopt;
  if (!path.starts_with('/') || path.ends_with('/')) return "has no absolute path of a socket behind `unix://`";
  return std::nullopt;
}

Fault bind_fault(std::string_view text) {
  if (text.empty() || is_ip_address(text)) return std::nullopt;
  if (text.starts_with("unix://")) return socket_fault(text.substr(7));
  return "is neither an IP address nor a unix socket";
}

Fault name_or_address_fault(std::string_view text) {
  if (text.empty() || is_ip_address(text)) return std::nullopt;
  if (text.starts_with("unix://")) return socket_fault(text.substr(7));
  const std::string why = labels_fault(text);
  if (why.empty() && text.size() <= 255) return std::nullopt;
  return "is neither an IP address nor a DNS name";
}

Fault range_fault(std::string_view text) {
  if (text.find('/') == std::string_view::npos ? is_ip_address(text) : is_cidr(text)) return std::nullopt;
  return "is neither an IP address nor a CIDR range";
}

Fault duration_fault(yaml::Node value, Syntax syntax) {
  if (!value.is_string()) return std::nullopt;
  const auto nanoseconds = parse_duration(value.str());
  // What is no duration at all does not get this far: the field's type says so.
  if (!nanoseconds) return std::nullopt;
  if (*nanoseconds == 0 && syntax == Syntax::duration_or_off) return std::nullopt;
  if (*nanoseconds < 1'000'000) return "is shorter than 1ms";
  if (*nanoseconds % 1'000'000 != 0) return "is finer than a millisecond";
  if (syntax == Syntax::seconds && *nanoseconds % 1'000'000'000 != 0) return "is finer than a second";
  return std::nullopt;
}

Fault regex_fault(std::string_view text) {
  if (text.empty()) return "is no regular expression";
  if (text.size() > 1024) return "is longer than 1,024 bytes";
  const auto pattern = Pattern::compile(text);
  if (pattern) return std::nullopt;
  // What follows a colon repeats the expression; a last word may be a sign: `missing )`.
  const std::string_view reason = std::string_view(pattern.reason()).substr(0, pattern.reason().find(':'));
  const std::size_t last = reason.rfind(' ') + 1;
  if (only(reason.substr(last), "-")) return format("is no RE2 expression: {}", reason);
  return format("is no RE2 expression: {}`{}`", reason.substr(0, last), reason.substr(last));
}

/// A plain number, as JSON has it.
std::optional<double> number_of(yaml::Node value) {
  if (!value.is_plain()) return std::nullopt;
  const std::string_view text = value.str();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || std::isnan(number)) return std::nullopt;
  return number;
}

Fault range_fault(yaml::Node value, double low, double high, std::string_view words) {
  const auto number = number_of(value);
  if (!number || (*number >= low && *number <= high)) return std::nullopt;
  return format("is not {}", words);
}

Fault share_fault(yaml::Node value) {
  const auto number = number_of(value);
  if (!number || *number == 0 || (*number >= 0.0001 && *number <= 100)) return std::nullopt;
  return "is neither 0 nor between 0.0001 and 100";
}

Fault policy_port_fault(std::string_view text) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!text.empty() && error == std::errc{} && end == text.data() + text.size() && number <= 65535) return std::nullopt;
  return "is no port: ports here are single numbers up to 65535";
}

Fault header_fault(std::string_view name) {
  if (name.empty() || !only(name, "-_")) return "is no name of a header";
  return std::nullopt;
}

Fault changed_header_fault(std::string_view name, bool on_request) {
  if (name.empty()) return "is no name of a header";
  const std::string folded = lower(name);
  if (folded == "host" || folded == ":authority") return on_request ? Fault() : Fault("cannot be changed here");
  if (name.starts_with(':')) return "cannot be changed: it belongs to HTTP itself";
  return std::nullopt;
}

/// Every `%` opens or closes a variable, or stands twice.
Fault header_value_fault(std::string_view text) {
  bool open = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 && c != '\t') || c == 0x7f) return "holds a control character";
    if (c != '%') continue;
    if (!open && i + 1 < text.size() && text[i + 1] == '%') {
      ++i;
    } else {
      open = !open;
    }
  }
  if (open) return "has a `%` that closes no variable; a percent sign is written `%%`";
  return std::nullopt;
}

bool is_label_name(std::string_view text) {
  return !text.empty() && text.size() <= 63 && only(text, "-_.") && is_alphanumeric(text.front()) && is_alphanumeric(text.back());
}

Fault label_key_fault(std::string_view key) {
  const std::size_t slash = key.find('/');
  const std::string_view name = slash == std::string_view::npos ? key : key.substr(slash + 1);
  const bool prefix = slash == std::string_view::npos || is_dns_name(key.substr(0, slash));
  if (prefix && is_label_name(name)) return std::nullopt;
  return "can be no label's key";
}

Fault label_value_fault(std::string_view value) {
  if (value.empty() || is_label_name(value)) return std::nullopt;
  return "can be no label's value";
}

Fault protocol_fault(std::string_view word) {
  if (word.empty() || parse_protocol(word) != Protocol::unknown) return std::nullopt;
  return "is no protocol that Istio knows";
}

/// Faults of text.
Fault text_fault(Syntax syntax, std::string_view text) {
  switch (syntax) {
    case Syntax::regex:
      return regex_fault(text);
    case Syntax::policy_port:
      return policy_port_fault(text);
    case Syntax::name:
      return text.empty() || is_dns_label(text) ? Fault() : Fault("is no DNS label: letters, digits and dashes, at most 63");
    case Syntax::gateway_name:
      return gateway_name_fault(text);
    case Syntax::host:
      return host_fault(text);
    case Syntax::host_or_address:
      return is_ip_address(text) ? Fault() : host_fault(text);
    case Syntax::narrow_host:
      return text == "*" ? Fault("stands for every host, which is not allowed here") : host_fault(text);
    case Syntax::gateway_host:
      return scoped_host_fault(text, true);
    case Syntax::sidecar_host:
      return scoped_host_fault(text, false);
    case Syntax::name_or_address:
      return name_or_address_fault(text);
    case Syntax::range:
      return range_fault(text);
    case Syntax::bind:
      return bind_fault(text);
    case Syntax::header:
      return header_fault(text);
    case Syntax::match_header:
      return is_claim(text) ? Fault() : header_fault(text);
    case Syntax::cors_header:
      return text == "*" ? Fault() : header_fault(text);
    case Syntax::request_header:
      return changed_header_fault(text, true);
    case Syntax::changed_header:
      return changed_header_fault(text, false);
    case Syntax::header_value:
      return header_value_fault(text);
    case Syntax::protocol:
      return protocol_fault(text);
    case Syntax::label_key:
      return label_key_fault(text);
    case Syntax::label_value:
      return label_value_fault(text);
    default:
      return std::nullopt;
  }
}

/// Whether names and addresses are written so: a word in capitals then stands for another.
bool is_name(Syntax syntax) {
  constexpr Syntax names[] = {
      Syntax::host, Syntax::host_or_address, Syntax::narrow_host, Syntax::gateway_host, Syntax::sidecar_host, Syntax::gateway_name,
      Syntax::name, Syntax::name_or_address, Syntax::range,       Syntax::bind};
  return std::find(std::begin(names), std::end(names), syntax) != std::end(names);
}

}  // namespace

std::optional<std::string> fault(Syntax syntax, yaml::Node value) {
  const auto text = text_of(value);
  if (!text.is_known() || (is_name(syntax) && yaml::has_shouted_part(*text))) return std::nullopt;
  switch (syntax) {
    case Syntax::duration:
    case Syntax::duration_or_off:
    case Syntax::seconds:
      return duration_fault(value, syntax);
    case Syntax::port:
      return range_fault(value, 1, 65535, "between 1 and 65535");
    case Syntax::port_or_socket:
      return range_fault(value, 0, 65535, "between 1 and 65535");
    case Syntax::percent:
      return range_fault(value, 0, 100, "between 0 and 100");
    case Syntax::share:
      return share_fault(value);
    case Syntax::count:
      return range_fault(value, 0, 1e18, "0 or more");
    case Syntax::http_status:
      return range_fault(value, 200, 600, "between 200 and 600");
    case Syntax::redirect_code:
      return range_fault(value, 300, 399, "between 300 and 399");
    default:
      return text_fault(syntax, *text);
  }
}

std::string shown(std::string_view value) {
  constexpr std::size_t most = 40;
  if (value.empty()) return "the empty text";
  if (value.size() <= most) return format("`{}`", value);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xc0U) == 0x80) --end;
  return format("`{}…`", value.substr(0, end));
}

bool is_dns_label(std::string_view text) {
  return !text.empty() && text.size() <= 63 && only(text, "-") && is_alphanumeric(text.front()) && is_alphanumeric(text.back());
}

bool is_dns_name(std::string_view text) { return !text.empty() && text.size() <= 255 && labels_fault(text).empty(); }

bool is_wildcard_name(std::string_view text) { return wildcard_fault(text).empty(); }

bool is_partial_wildcard(std::string_view text) {
  return text.size() > 1 && text.find('*') != std::string_view::npos && !text.starts_with("*.");
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view name;
    double nanoseconds;
  };
  static constexpr Unit units[] = {{"ns", 1}, {"us", 1e3}, {"µs", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};
  double sign = 1;
  if (text.starts_with('-') || text.starts_with('+')) {
    if (text.front() == '-') sign = -1;
    text.remove_prefix(1);
  }
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  double total = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
    double number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + end, number, std::chars_format::fixed);
    if (end == 0 || error != std::errc{} || stop != text.data() + end) return std::nullopt;
    text.remove_prefix(end);
    const std::size_t unit_end = std::min(text.find_first_of("0123456789."), text.size());
    const auto unit = std::find_if(std::begin(units), std::end(units), [&](const Unit& u) { return u.name == text.substr(0, unit_end); });
    if (unit == std::end(units)) return std::nullopt;
    total += number * unit->nanoseconds;
    text.remove_prefix(unit_end);
  }
  if (total > 9e18) return std::nullopt;
  return static_cast<std::int64_t>(std::llround(sign * total));
}

bool is_claim(std::string_view header) {
  constexpr std::string_view prefix = "@request.auth.claims";
  if (lower(header.substr(0, prefix.size())) != prefix) return false;
  header.remove_prefix(prefix.size());
  return header.size() > 1 && (header.front() == '.' || (header.front() == '[' && header.ends_with(']') && header.size() > 2));
}

}  // namespace hop::istio
