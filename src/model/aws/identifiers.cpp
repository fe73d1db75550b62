#include "model/aws/identifiers.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "text/ensure.h"
#include "text/format.h"
#include "text/pattern.h"
#include "text/words.h"
#include "yaml/template.h"

namespace hop::aws {
namespace {

constexpr std::string_view partitions[] = {"aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"};

/// What an ARN of a kind looks like: one or more services with the pattern of their resource.
struct ArnForm {
  Identifier kind;
  std::string_view service, resource;
  bool regional;
  std::string_view name;  ///< completes "does not name …"
};

constexpr ArnForm arn_forms[] = {
    {Identifier::certificate, "acm", "certificate/[A-Za-z0-9-]+", true, "a certificate"},
    {Identifier::certificate, "iam", R"(server-certificate/[\w+=,.@/-]+)", false, "a certificate"},
    {Identifier::web_acl, "wafv2", R"(regional/webacl/[\w-]+/[0-9a-fA-F-]+)", true, "a regional web ACL"},
    {Identifier::trust_store, "elasticloadbalancing", R"(truststore/[\w-]+/[0-9a-z]+)", true, "a trust store"},
    {Identifier::target_group, "elasticloadbalancing", R"(targetgroup/[\w-]+/[0-9a-f]+)", true, "a target group"},
    {Identifier::user_pool, "cognito-idp", R"(userpool/[\w-]+_[0-9A-Za-z]+)", true, "a user pool"},
    {Identifier::private_authority, "acm-pca", "certificate-authority/[0-9a-fA-F-]+", true, "a private certificate authority"},
    {Identifier::role, "iam", R"(role/([\x21-\x7e]+/)?[\w+=,.@-]{1,64})", false, "a role"},
};

struct IdForm {
  Identifier kind;
  std::string_view prefix, pattern;
  bool name_allowed;  ///< anything without the prefix is a Name tag
};

constexpr IdForm id_forms[] = {
    {Identifier::subnet, "subnet-", "subnet-[0-9a-f]{8,17}", true},
    {Identifier::security_group, "sg-", "sg-[0-9a-f]{8,17}", true},
    {Identifier::vpc, "vpc-", "vpc-([0-9a-f]{8}|[0-9a-f]{17}|[0-9a-f]{32})", false},
    {Identifier::prefix_list, "pl-", "pl-[0-9a-f]+", false},
    {Identifier::elastic_ip, "eipalloc-", "eipalloc-[0-9a-f]+", false},
    {Identifier::address_pool, "ipam-pool-", "ipam-pool-[0-9a-f]+", false},
};

Pattern compiled(std::string_view expression) {
  auto pattern = Pattern::compile(expression);
  HOP_ENSURE(static_cast<bool>(pattern));
  return *pattern;
}

/// The expressions of a table, compiled once and in its order.
template <class Form, std::size_t size>
std::vector<Pattern> compile_all(const Form (&forms)[size], std::string_view Form::* expression) {
  std::vector<Pattern> all;
  for (const Form& form : forms) all.push_back(compiled(form.*expression));
  return all;
}

/// Accounts of documentation, and those that nobody has.
bool is_example_account(std::string_view account) {
  static constexpr std::string_view known[] = {"111122223333", "123456789012", "012345678901", "444455556666",
                                               "777788889999", "123456789123", "123456789101", "210987654321",
                                               "987654321098", "123456789",    "1234567890"};
  if (std::find(std::begin(known), std::end(known), account) != std::end(known)) return true;
  return account.size() > 2 && account.find_first_not_of(account[0]) == std::string_view::npos;
}

std::string arn_problem(Identifier kind, std::string_view text) {
  static const std::vector<Pattern> patterns = compile_all(arn_forms, &ArnForm::resource);
  const auto arn = parse_arn(text);
  if (!arn) return "is no ARN";
  if (std::find(std::begin(partitions), std::end(partitions), arn->partition) == std::end(partitions))
    return format("names no partition of AWS: `{}`", arn->partition);
  const ArnForm* form = nullptr;
  for (const ArnForm& candidate : arn_forms) {
    if (candidate.kind == kind && (form == nullptr || candidate.service == arn->service)) form = &candidate;
  }
  HOP_ENSURE(form != nullptr);
  if (form->service != arn->service) return format("is an ARN of `{}`, not of `{}`", arn->service, form->service);
  static const Pattern region = compiled(R"([a-z]{2}(-[a-z]+)+-\d)");
  if (form->regional && !region.matches_whole(arn->region)) return format("names no region: `{}`", arn->region);
  if (!form->regional && !arn->region.empty()) return format("names a region, `{}`, but `{}` has none", arn->region, form->service);
  const bool digits = arn->account.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits) return format("names no account: `{}`", arn->account);
  if (arn->account.size() != 12 && !is_example_account(arn->account))
    return format("has an account of {} digits, not 12", arn->account.size());
  if (arn->resource.starts_with("global/webacl/")) return "names a web ACL of CloudFront, not a regional one";
  const auto at = static_cast<std::size_t>(form - std::begin(arn_forms));
  return patterns[at].matches_whole(arn->resource) ? "" : format("does not name {}", form->name);
}

/// Whether a text that may be a name was meant to be an id: hexadecimal digits of an id's length behind a prefix that is a slip away.
bool is_slip_of_id(const IdForm& form, std::string_view text) {
  const std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos) return false;
  const std::string_view digits = text.substr(dash + 1);
  const bool hex = digits.find_first_not_of("0123456789abcdef") == std::string_view::npos && (digits.size() == 8 || digits.size() == 17);
  return hex && slip(text.substr(0, dash + 1), form.prefix).has_value();
}

std::string id_problem(const IdForm& form, std::string_view text) {
  static const std::vector<Pattern> patterns = compile_all(id_forms, &IdForm::pattern);
  if (!text.starts_with(form.prefix)) {
    if (!form.name_allowed) return format("does not begin with `{}`", form.prefix);
    return is_slip_of_id(form, text) ? format("looks like an id, but ids begin with `{}`", form.prefix) : "";
  }
  const auto at = static_cast<std::size_t>(&form - std::begin(id_forms));
  if (patterns[at].matches_whole(text)) return "";
  return form.name_allowed ? format("begins with `{}` and so is taken for an id, but is none", form.prefix)
                           : format("is no id: `{}` and hexadecimal digits", form.prefix);
}

}  // namespace

std::optional<Arn> parse_arn(std::string_view text) {
  std::string_view parts[5];
  for (std::string_view& part : parts) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    part = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (parts[0] != "arn" || text.empty()) return std::nullopt;
  return Arn{parts[1], parts[2], parts[3], parts[4], text};
}

namespace {

/// Whether words or signs in the text say that it stands for another, or, with `accounts`, an account of documentation does.
bool is_example(std::string_view text, bool accounts) {
  if (yaml::is_placeholder(text) || text.find_first_of("<>{}$*[]") != std::string_view::npos || yaml::has_shouted_part(text)) return true;
  const std::string folded = lower(text);
  static constexpr std::string_view words[] = {"xxx",         "yyy",     "zzz",    "...",  "your",  "example",  "replace",  "change",
                                               "placeholder", "account", "region", "todo", "dummy", "aaaaaaaa", "00000000", "12345678-"};
  if (std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return folded.find(word) != std::string::npos; }))
    return true;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of(":/,"), rest.size());
    if (accounts && is_example_account(rest.substr(0, end))) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

}  // namespace

bool is_example(std::string_view text) { return is_example(text, true); }

std::string problem(Identifier kind, std::string_view text) {
  // An account of documentation stands for another; what is written around it is meant.
  if (kind == Identifier::none || is_example(text, false)) return "";
  if (kind == Identifier::cidr) {
    if (parse_cidr(text)) return "";
    return is_ipv4(text) || is_ipv6(text) ? "is an address without a prefix length" : "is no CIDR range";
  }
  for (const IdForm& form : id_forms) {
    if (form.kind == kind) return id_problem(form, text);
  }
  return arn_problem(kind, text);
}

namespace {

std::optional<unsigned> number(std::string_view text, unsigned most, std::size_t longest) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text.size() > longest || error != std::errc{} || end != text.data() + text.size() || value > most)
    return std::nullopt;
  return value;
}

/// The four bytes; nothing for other texts. A leading zero is refused, as in Go.
std::optional<std::vector<unsigned>> bytes_of_ipv4(std::string_view text) {
  std::vector<unsigned> bytes;
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view part = text.substr(0, dot);
    const auto byte = number(part, 255, 3);
    if (!byte || (part.size() > 1 && part[0] == '0')) return std::nullopt;
    bytes.push_back(*byte);
    if (dot == std::string_view::npos) break;
    text.remove_prefix(dot + 1);
  }
  return bytes.size() == 4 ? std::optional(bytes) : std::nullopt;
}

/// Groups of an IPv6 address on one side of `::`.
std::optional<std::vector<unsigned>> groups_of(std::string_view text) {
  std::vector<unsigned> groups;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    unsigned value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value, 16);
    if (part.empty() || part.size() > 4 || error != std::errc{} || end != part.data() + part.size()) return std::nullopt;
    groups.push_back(value);
    if (colon == std::string_view::npos) return groups;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;
  }
  return groups;
}

std::optional<std::vector<unsigned>> bytes_of_ipv6(std::string_view text) {
  const std::size_t gap = text.find("::");
  auto front = groups_of(text.substr(0, gap));
  if (!front) return std::nullopt;
  if (gap != std::string_view::npos) {
    const auto back = groups_of(text.substr(gap + 2));
    if (!back || front->size() + back->size() > 7) return std::nullopt;
    front->resize(8 - back->size());
    front->insert(front->end(), back->begin(), back->end());
  }
  if (front->size() != 8) return std::nullopt;
  std::vector<unsigned> bytes;
  for (unsigned group : *front) bytes.insert(bytes.end(), {group >> 8U, group & 0xffU});
  return bytes;
}

}  // namespace

bool is_ipv4(std::string_view text) { return bytes_of_ipv4(text).has_value(); }
bool is_ipv6(std::string_view text) { return bytes_of_ipv6(text).has_value(); }

std::optional<Cidr> parse_cidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view address = text.substr(0, slash);
  const auto four = bytes_of_ipv4(address);
  const auto bytes = four ? four : bytes_of_ipv6(address);
  if (!bytes) return std::nullopt;
  const auto bits = number(text.substr(slash + 1), four ? 32 : 128, 3);
  if (!bits) return std::nullopt;
  Cidr cidr{!four, *bits, true};
  for (unsigned bit = *bits; bit < bytes->size() * 8; ++bit) cidr.exact = cidr.exact && ((*bytes)[bit / 8] >> (7 - bit % 8) & 1U) == 0;
  return cidr;
}

}  // namespace hop::aws
