#include "report/trace.h"

#include <map>

#include "chain/steps.h"
#include "report/chain_json.h"
#include "report/paint.h"
#include "report/wording.h"
#include "text/unicode.h"
#include "version.h"

namespace hop {
namespace {

std::string_view word(Truth truth) { return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown"; }

/// The step that says what a wire carries: itself, or where the wire ends.
const ChainStep& sayer(const Chain& chain, std::size_t at) {
  for (std::size_t i = at; i < chain.steps.size(); ++i) {
    const Link* link = chain.steps[i].link;
    if (link != nullptr && (link->type == Link::Type::wire || link->type == Link::Type::wire_end)) return chain.steps[i];
  }
  return chain.steps[at];
}

std::string_view encryption_text(Encryption encryption) {
  switch (encryption) {
    case Encryption::plaintext:
      return "plain text";
    case Encryption::tls:
      return "TLS";
    case Encryption::mtls:
      return "mutual TLS";
    case Encryption::unknown:
      break;
  }
  return "encryption unknown";
}

std::string wire_text(const ChainStep& step, const ChainStep& says) {
  std::string text(encryption_text(step.encryption));
  if (!step.protocol.empty() && step.protocol != "TLS") text = format("{}, {}", step.protocol, text);
  if (step.encryption == Encryption::tls && !step.verified) text += ", receiver not verified";
  if (!says.reason.empty() && says.verdict == Verdict::ok) text += format(": {}", says.reason);
  return text;
}

Span place_of(const ChainStep& step) {
  if (step.verdict == Verdict::broken && step.refused_at) return step.refused_at.span();
  if (step.verdict == Verdict::broken && step.place) return step.place.span();
  return step.hop != nullptr && step.hop->place ? step.hop->place.span() : Span{};
}

std::string_view end_text(const Chain& chain) {
  const Hop* last = chain.last().hop;
  if (last == nullptr || last->kind == HopKind::nowhere) return "goes nowhere";
  if (last->redirection) return "is redirected";
  if (last->kind == HopKind::response) return "is answered on the way";
  return "arrives";
}

class TextTrace {
 public:
  TextTrace(const TraceReport& report, const TextStyle& style) : report_(report), style_(style), paint_(style.colour) {}

  std::string run() {
    for (const Leg& leg : report_.trace.legs) {
      if (report_.all) {
        draw_all(leg);
      } else {
        draw_leg(leg, &leg == &report_.trace.legs.front());
      }
    }
    if (report_.trace.cut) out_ += "There are more chains than are shown; --limit says how many.\n";
    draw_requirement();
    return std::move(out_);
  }

 private:
  /// Of what arrives in plain text.
  static constexpr std::string_view plain_mark = "!";

  std::string_view mark(Verdict verdict) const {
    if (style_.unicode) return verdict == Verdict::ok ? "✓" : verdict == Verdict::broken ? "✗" : "?";
    return verdict == Verdict::ok ? "ok" : verdict == Verdict::broken ? "x" : "?";
  }
  static Tone tone(Verdict verdict) {
    return verdict == Verdict::ok ? Tone::strong : verdict == Verdict::broken ? Tone::error : Tone::warning;
  }

  void line(std::string_view text) { (out_ += text) += '\n'; }

  /// A text and, far to the right, where it is written.
  std::string placed(std::string text, std::string_view shown, Span place) const {
    const std::string where = location(report_.run.input->sources, place);
    if (where.empty()) return text;
    constexpr std::size_t column = 78;
    const std::size_t width = shown.size();
    return format("{}{}{}", text, std::string(width + 2 < column ? column - width : 2, ' '), paint_(Tone::dim, where));
  }

  void draw_leg(const Leg& leg, bool first) {
    Chain named;
    std::string url = format("{}://{}", leg.request.scheme, leg.request.host);
    if (leg.request.port) url += format(":{}", *leg.request.port);
    url += leg.request.path;
    line(paint_(Tone::strong, format("{}{}", first ? "" : style_.unicode ? "↪ " : "-> ", escape_controls(url))));
    if (leg.repeats) {
      line(format("  {} redirected in a circle: the client has been here before", paint_(Tone::error, mark(Verdict::broken))));
      return;
    }
    if (leg.chains.empty()) {
      line(format("  {} nothing among the manifests listens for this", paint_(Tone::warning, mark(Verdict::unknown))));
      return;
    }
    for (std::size_t i = 0; i < leg.chains.size(); ++i) {
      if (leg.chains.size() > 1) line(format("\n  {} of {}", i + 1, leg.chains.size()));
      draw_chain(leg.chains[i]);
    }
    out_ += '\n';
  }

  void draw_chain(const Chain& chain) {
    const Hop* entry = chain.steps.front().hop;
    line(entry != nullptr && entry->kind == HopKind::caller ? "" : "\n  client");
    for (std::size_t i = 0; i < chain.steps.size(); ++i) {
      const ChainStep& step = chain.steps[i];
      if (step.wire) draw_wire(chain, i);
      draw_hop(step, step.wire || i == 0);
    }
    draw_verdict(chain);
  }

  void draw_wire(const Chain& chain, std::size_t at) {
    const ChainStep& step = chain.steps[at];
    const ChainStep& says = sayer(chain, at);
    const Tone shade = says.verdict == Verdict::broken            ? Tone::error
                       : step.encryption == Encryption::plaintext ? Tone::warning
                                                                  : Tone::plain;
    line(format("    {} {}", style_.unicode ? "│" : "|", paint_(shade, escape_controls(wire_text(step, says)))));
    line(format("    {}", style_.unicode ? "▼" : "v"));
  }

  void draw_hop(const ChainStep& step, bool party) {
    std::string label = label_of(step);
    if (!step.depends_on.empty() && step.depends_on != "the path") label += format(", depending on {}", step.depends_on);
    if (step.hop != nullptr) {
      const std::string shown = (party ? "  " : "      ") + label;
      line(placed(party ? "  " + paint_(Tone::strong, label) : shown, shown, step.hop->place ? step.hop->place.span() : Span{}));
    }
    const bool said = step.link != nullptr && step.link->type != Link::Type::within;  // at the wire
    if (!step.reason.empty() && step.verdict == Verdict::ok && !said) line(format("        {}", escape_controls(step.reason)));
    if (step.verdict == Verdict::ok) return;
    const std::string text = format("      {} {}", mark(step.verdict), escape_controls(step.reason));
    const yaml::Node place = step.refused_at ? step.refused_at : step.place;
    line(placed(paint_(tone(step.verdict), text), text, place ? place.span() : Span{}));
  }

  static bool is_plain(const Chain& chain) {
    return chain.verdict() == Verdict::ok && chain.encrypted() == Truth::no && !only_redirects_to_https(chain);
  }

  static std::string label_of(const ChainStep& step) {
    std::string label = step.hop == nullptr ? std::string() : escape_controls(step.hop->label);
    if (step.hop != nullptr && step.hop->weight) label += format(", weight {}", *step.hop->weight);
    if (step.hop != nullptr && step.hop->mirror) label += ", a copy";
    return label;
  }

  std::string verdict_text(const Chain& chain) const {
    if (chain.verdict() == Verdict::broken) return "the request is lost";
    if (only_redirects_to_https(chain)) return "the client is sent to https";
    std::string text = format("the request {}", end_text(chain));
    if (chain.verdict() == Verdict::unknown) text = "where the request goes cannot be told";
    switch (chain.encrypted()) {
      case Truth::yes:
        return text + ", encrypted on every hop";
      case Truth::no:
        return text + ", not encrypted on every hop";
      case Truth::unknown:
        break;
    }
    return text + "; whether it is encrypted on every hop cannot be told";
  }

  void draw_verdict(const Chain& chain) {
    const Verdict verdict = chain.verdict();
    const bool plain = is_plain(chain);
    const Tone shade = plain ? Tone::warning : tone(verdict);
    line(format("\n  {}", paint_(shade, format("{} {}", plain ? plain_mark : mark(verdict), verdict_text(chain)))));
  }

  void draw_all(const Leg& leg) {
    std::map<std::string, std::vector<const Chain*>> by_host;
    for (const Chain& chain : leg.chains) by_host[chain.request.host.empty() ? "*" : chain.request.host].push_back(&chain);
    if (by_host.empty()) line("No way in: there is no load balancer among the manifests.");
    for (const auto& [host, chains] : by_host) {
      line(paint_(Tone::strong, escape_controls(host)));
      for (const Chain* chain : chains) draw_short(*chain);
      out_ += '\n';
    }
  }

  void draw_short(const Chain& chain) {
    const Verdict verdict = chain.verdict();
    const std::string_view arrow = style_.unicode ? " → " : " -> ";
    std::string text;
    for (const ChainStep& step : chain.steps) {
      if (step.hop == nullptr || step.hop->kind == HopKind::rule || step.hop->kind == HopKind::target_group) continue;
      if (!text.empty()) text += arrow;
      text += label_of(step);
    }
    const bool plain = is_plain(chain);
    line(format("  {} {}", paint_(plain ? Tone::warning : tone(verdict), plain ? plain_mark : mark(verdict)),
                escape_controls(url_of(chain))));
    line(format("      {}", text));
    const ChainStep* wrong = chain.first([&](const ChainStep& step) { return step.verdict == verdict && verdict != Verdict::ok; });
    if (wrong == nullptr) {
      if (plain) wrong = chain.first([](const ChainStep& step) { return step.wire && step.encryption == Encryption::plaintext; });
      if (wrong == nullptr) return line(format("      {}", verdict_text(chain)));
      const std::string_view to = wrong->hop == nullptr ? std::string_view() : std::string_view(wrong->hop->label);
      return line(placed(format("      plain text to {}", escape_controls(to)), format("      plain text to {}", escape_controls(to)),
                         place_of(*wrong)));
    }
    const std::string reason = format("      {}", escape_controls(wrong->reason));
    line(placed(paint_(tone(verdict), reason), reason, place_of(*wrong)));
  }

  void draw_requirement() {
    if (!report_.requirement) return;
    const std::string_view name = to_string(*report_.requirement);
    if (report_.unmet.empty()) {
      line(format("{} {}: proved", mark(Verdict::ok), name));
      return;
    }
    for (const Unmet& unmet : report_.unmet) {
      const std::string url =
          unmet.shortfall.chain == nullptr ? std::string() : format(" {}", escape_controls(url_of(*unmet.shortfall.chain)));
      const std::string text = format("{} {}{}: {}", mark(Verdict::broken), name, url, escape_controls(unmet.shortfall.why));
      line(placed(paint_(Tone::error, text), text, unmet.shortfall.step == nullptr ? Span{} : place_of(*unmet.shortfall.step)));
    }
  }

  const TraceReport& report_;
  const TextStyle& style_;
  Paint paint_;
  std::string out_;
};

std::string request_url(const Request& request) {
  return request.host.empty()
             ? std::string()
             : format("{}://{}{}{}", request.scheme, request.host, request.port ? format(":{}", *request.port) : "", request.path);
}

Json chain_object(const Sources& sources, const Chain& chain) {
  return {{"url", escape_controls(url_of(chain))},
          {"verdict", to_string(chain.verdict())},
          {"encrypted", word(chain.encrypted())},
          {"mtls", word(chain.mutual())},
          {"mirror", chain.mirror},
          {"chain", chain_json(sources, steps_of(chain))}};
}

}  // namespace

std::string render_trace_text(const TraceReport& report, const TextStyle& style) { return TextTrace(report, style).run(); }

std::string render_trace_json(const TraceReport& report) {
  const Sources& sources = report.run.input->sources;
  Json requests = Json::list();
  for (const Leg& leg : report.trace.legs) {
    Json chains = Json::list();
    for (const Chain& chain : leg.chains) chains.push_back(chain_object(sources, chain));
    requests.push_back(Json{{"url", escape_controls(request_url(leg.request))}, {"repeats", leg.repeats}, {"chains", chains}});
  }
  Json requirement = Json::null();
  if (report.requirement) {
    Json unmet = Json::list();
    for (const Unmet& one : report.unmet) {
      Json item = {{"request", one.leg}, {"chain", one.chain}, {"why", escape_controls(one.shortfall.why)}};
      const Span place = one.shortfall.step == nullptr ? Span{} : place_of(*one.shortfall.step);
      item.add("place", place ? place_json(sources, place) : Json::null());
      unmet.push_back(item);
    }
    requirement = Json{{"name", to_string(*report.requirement)}, {"met", report.unmet.empty()}, {"unmet", unmet}};
  }
  return Json{{"schema", 1},
              {"tool", {{"name", "hoplint"}, {"version", program_version}}},
              {"requests", requests},
              {"complete", !report.trace.cut},
              {"requirement", requirement}}
      .pretty();
}

}  // namespace hop
