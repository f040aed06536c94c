using System.Collections.Frozen;
using SkillBadges.Credentials.Clr;
using static SkillBadges.Credentials.OpenBadges.MemberRule;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>
/// The classes of Open Badges 3.0 as tables: members, which are required, which repeat, which words they know. Held against the published
/// JSON Schemas by a test. The CLR classes stand in <see cref="ClrRules"/>.
/// </summary>
internal static class OpenBadgeRules
{
    public static readonly ContextRule OpenBadges = new("https://purl.imsglobal.org/spec/ob/v3p0/context", ".json", '3');

    private static readonly ContextRule credentials = new(OpenBadgeTerms.CredentialsContext);

    private static readonly ContextRule credentialsV1 = new(OpenBadgeTerms.CredentialsContextV1);

    private static readonly string[] verifiable = ["VerifiableCredential"];

    private static readonly FrozenDictionary<string, ObjectRule> byName =
        Classes().Concat(ClrRules.Classes()).ToFrozenDictionary(rule => rule.Name, StringComparer.Ordinal);

    public static IEnumerable<ObjectRule> All => byName.Values;

    public static ObjectRule Named(string name) => byName[name];

    /// <summary>Members that every credential has beside its subject. In VCDM 1.1 two dates have other names.</summary>
    internal static MemberRule[] CredentialMembers(bool older, MemberRule[] own) =>
    [
        Of("@context", MemberKind.Context).Must(),
        .. own,
        older ? Contained("issuer", "Profile").Must() : Of("issuer", MemberKind.ProfileOrUri).Must(),
        Of(older ? "issuanceDate" : "validFrom", MemberKind.DateTime).Must(),
        Of(older ? "expirationDate" : "validUntil", MemberKind.DateTime),
        Contained("proof", "Proof").OrMany().OrOne(),
        Contained("credentialSchema", "CredentialSchema").OrMany().OrOne(),
        Contained("credentialStatus", "CredentialStatus"),
        Contained("refreshService", "RefreshService"),
        Contained("termsOfUse", "TermsOfUse").OrMany().OrOne(),
        Contained("evidence", "Evidence").OrMany(),
    ];

    private static IEnumerable<ObjectRule> Classes() =>
    [
        AchievementCredential("AchievementCredential", older: false),
        AchievementCredential("AchievementCredentialv1p1", older: true),
        EndorsementCredential("EndorsementCredential", older: false),
        EndorsementCredential("EndorsementCredentialv1p1", older: true),
        new("AchievementSubject",
        [
            Types(["AchievementSubject"]), Uri("id"), Contained("achievement", "Achievement").Must(), Contained("identifier", "IdentityObject").OrMany(),
            Contained("result", "Result").OrMany(), Contained("source", "Profile"), Contained("image", "Image"),
            Of("activityStartDate", MemberKind.DateTime), Of("activityEndDate", MemberKind.DateTime), Of("creditsEarned", MemberKind.Number),
            Text("licenseNumber"), Text("narrative"), Text("role"), Text("term"),
        ]),
        new("Achievement",
        [
            Uri("id").Must(), Types(["Achievement"]), Text("name").Must(), Text("description").Must(), Contained("criteria", "Criteria").Must(),
            Word("achievementType", OpenBadgeTerms.AchievementTypes, extensible: true), Contained("alignment", "Alignment").OrMany(),
            Contained("creator", "Profile"), Of("creditsAvailable", MemberKind.Number), .. Endorsements("EndorsementCredential"), Text("fieldOfStudy"),
            Text("humanCode"), Contained("image", "Image"), Of("inLanguage", MemberKind.Language), Contained("otherIdentifier", "IdentifierEntry").OrMany(),
            Contained("related", "Related").OrMany(), Contained("resultDescription", "ResultDescription").OrMany(), Text("specialization"),
            Text("tag").OrMany(), Text("version"),
        ]),
        new("Alignment",
        [
            Types(["Alignment"]), Text("targetName").Must(), Uri("targetUrl").Must(), Text("targetCode"), Text("targetDescription"),
            Text("targetFramework"), Word("targetType", OpenBadgeTerms.TargetTypes, extensible: true),
        ]),
        new("Criteria", [Uri("id"), Text("narrative")]),
        new("ResultDescription",
        [
            Uri("id").Must(), Types(["ResultDescription"]), Text("name").Must(), Word("resultType", OpenBadgeTerms.ResultTypes, extensible: true).Must(),
            Text("allowedValue").OrMany(), Contained("rubricCriterionLevel", "RubricCriterionLevel").OrMany(), Uri("requiredLevel"), Text("requiredValue"),
            Text("valueMin"), Text("valueMax"), Contained("alignment", "Alignment").OrMany(),
        ]),
        new("RubricCriterionLevel",
        [
            Uri("id").Must(), Types(["RubricCriterionLevel"]), Text("name").Must(), Text("level"), Text("points"), Text("description"),
            Contained("alignment", "Alignment").OrMany(),
        ]),
        new("Result",
        [
            Types(["Result"]), Uri("resultDescription"), Uri("achievedLevel"), Text("value"),
            Word("status", OpenBadgeTerms.ResultStatuses, extensible: false), Contained("alignment", "Alignment").OrMany(),
        ]),
        new("Related", [Uri("id").Must(), Types(["Related"]), Of("inLanguage", MemberKind.Language), Text("version")]),
        new("Evidence", [Types(["Evidence"]), Uri("id"), Text("name"), Text("narrative"), Text("description"), Text("genre"), Text("audience")]),
        new("Image", [Uri("id").Must(), SingleType("Image"), Text("caption")], closed: true),
        new("IdentityObject",
        [
            SingleType("IdentityObject"), Of("hashed", MemberKind.Boolean).Must(), Text("identityHash").Must(),
            Word("identityType", OpenBadgeTerms.IdentifierTypes, extensible: true).Must(), Text("salt"),
        ], closed: true),
        new("IdentifierEntry",
        [
            SingleType("IdentifierEntry"), Text("identifier").Must(), Word("identifierType", OpenBadgeTerms.IdentifierTypes, extensible: true).Must(),
        ], closed: true),
        new("Profile",
        [
            Uri("id").Must(), Types(["Profile"]), Text("name"), Uri("url"), Text("phone"), Text("description"), .. Endorsements("EndorsementCredential"),
            Contained("image", "Image"), Text("email"), Contained("address", "Address"), Contained("otherIdentifier", "IdentifierEntry").OrMany(),
            Text("official"), Contained("parentOrg", "Profile"), Text("familyName"), Text("givenName"), Text("additionalName"), Text("patronymicName"),
            Text("honorificPrefix"), Text("honorificSuffix"), Text("familyNamePrefix"), Of("dateOfBirth", MemberKind.Date),
        ]),
        new("Address",
        [
            Types(["Address"]), Text("addressCountry"), Text("addressCountryCode"), Text("addressRegion"), Text("addressLocality"), Text("streetAddress"),
            Text("postOfficeBoxNumber"), Text("postalCode"), Contained("geo", "GeoCoordinates"),
        ]),
        new("GeoCoordinates", [SingleType("GeoCoordinates"), Of("latitude", MemberKind.Number).Must(), Of("longitude", MemberKind.Number).Must()]),
        new("EndorsementSubject", [Uri("id").Must(), Types(["EndorsementSubject"]), Text("endorsementComment")]),
        new("CredentialSchema", [Uri("id").Must(), SingleType()]),
        new("CredentialStatus", [Uri("id"), SingleType()]),
        new("RefreshService", [Uri("id").Must(), SingleType()]),
        new("TermsOfUse", [Uri("id"), SingleType()]),
        new("Proof",
        [
            SingleType(), Of("created", MemberKind.DateTime), Text("cryptosuite"), Text("challenge"), Text("domain"), Text("nonce"), Text("proofPurpose"),
            Text("proofValue"), Uri("verificationMethod"),
        ]),
    ];

    private static ObjectRule AchievementCredential(string name, bool older) => new(name, CredentialMembers(older,
    [
        Uri("id").Must(), Types(verifiable, ["AchievementCredential", "OpenBadgeCredential"]), older ? Text("name").Must() : Text("name"), Text("description"), Contained("image", "Image"),
        Of("awardedDate", MemberKind.DateTime), Contained("credentialSubject", "AchievementSubject").Must(),
        .. Endorsements(older ? "EndorsementCredentialv1p1" : "EndorsementCredential"),
    ]))
    { Contexts = [older ? credentialsV1 : credentials, OpenBadges] };

    private static ObjectRule EndorsementCredential(string name, bool older) => new(name, CredentialMembers(older,
    [
        Uri("id").Must(), Types(verifiable, ["EndorsementCredential"]), Text("name").Must(), Text("description"), Of("awardedDate", MemberKind.DateTime),
        Contained("credentialSubject", "EndorsementSubject").Must(),
    ]))
    { Contexts = [older ? credentialsV1 : credentials, OpenBadges] };

    internal static MemberRule[] Endorsements(string rule) =>
        [Contained("endorsement", rule).OrMany(), Of("endorsementJwt", MemberKind.CompactJws).OrMany()];
}
