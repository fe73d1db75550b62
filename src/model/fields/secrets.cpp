// Fields of what brings Secrets into being: cert-manager, External Secrets, Sealed Secrets.
// Source: cert-manager.io/docs/reference/api-docs, external-secrets.io/latest/api/spec, github.com/bitnami-labs/sealed-secrets.
#include "model/fields/tables.h"

namespace hop::fields {
namespace {

constexpr Choice key_algorithm{"ECDSA", "Ed25519", "RSA"};
constexpr Choice key_encoding{"PKCS1", "PKCS8"};
constexpr Choice rotation_policy{"Always", "Never"};
constexpr Object issuer_ref{{{"group", text}, {"kind", text}, must("name", text)}};
constexpr Object private_key{
    {{"algorithm", key_algorithm}, {"encoding", key_encoding}, {"rotationPolicy", rotation_policy}, {"size", whole}}};
constexpr Object subject{{{"countries", list<text>},
                          {"localities", list<text>},
                          {"organizationalUnits", list<text>},
                          {"organizations", list<text>},
                          {"postalCodes", list<text>},
                          {"provinces", list<text>},
                          {"serialNumber", text},
                          {"streetAddresses", list<text>}}};
constexpr Object secret_template{{{"annotations", map<text>}, {"labels", map<text>}}};
constexpr Object certificate_spec{{{"additionalOutputFormats", any},
                                   {"commonName", text},
                                   {"dnsNames", list<text>},
                                   {"duration", duration},
                                   {"emailAddresses", list<text>},
                                   {"encodeUsagesInRequest", flag},
                                   {"ipAddresses", list<text>},
                                   {"isCA", flag},
                                   must("issuerRef", issuer_ref),
                                   moved("keyAlgorithm", "`privateKey.algorithm`"),
                                   moved("keyEncoding", "`privateKey.encoding`"),
                                   moved("keySize", "`privateKey.size`"),
                                   {"keystores", any},
                                   {"literalSubject", text},
                                   {"nameConstraints", any},
                                   moved("organization", "`subject.organizations`"),
                                   {"otherNames", any},
                                   {"privateKey", private_key},
                                   {"renewBefore", duration},
                                   {"renewBeforePercentage", whole},
                                   {"revisionHistoryLimit", whole},
                                   must("secretName", text),
                                   {"secretTemplate", secret_template},
                                   {"signatureAlgorithm", text},
                                   {"subject", subject},
                                   moved("uriSANs", "`uris`"),
                                   {"uris", list<text>},
                                   {"usages", list<text>}},
                                  Unlisted::doubtful};
constexpr Root certificate{{{"spec", certificate_spec}}};

constexpr Choice store_kind{"SecretStore", "ClusterSecretStore"};
constexpr Object store_ref{{{"kind", store_kind}, {"name", text}}};
constexpr Object secret_target{
    {{"creationPolicy", text}, {"deletionPolicy", text}, {"immutable", flag}, {"manifest", any}, {"name", text}, {"template", any}},
    Unlisted::doubtful};
constexpr Object external_secret_spec{{moved("backendType", "`secretStoreRef`"),
                                       {"data", any},
                                       {"dataFrom", any},
                                       {"refreshInterval", duration},
                                       {"refreshPolicy", text},
                                       {"secretStoreRef", store_ref},
                                       {"target", secret_target}},
                                      Unlisted::doubtful};
constexpr Root external_secret{{{"spec", external_secret_spec}}};

constexpr Object sealed_secret_spec{{{"data", any}, {"encryptedData", map<text>}, {"template", any}}, Unlisted::doubtful};
constexpr Root sealed_secret{{{"spec", sealed_secret_spec}}};

}  // namespace

std::span<const Table> secret_tables() {
  static constexpr Table tables[] = {
      {Kind::certificate, "cert-manager.io/v1", certificate},
      {Kind::external_secret, "external-secrets.io/v1", external_secret},
      {Kind::external_secret, "external-secrets.io/v1beta1", external_secret},
      {Kind::sealed_secret, "bitnami.com/v1alpha1", sealed_secret},
  };
  return tables;
}

}  // namespace hop::fields
