using System.Collections.Frozen;
using SkillBadges.Credentials.OpenBadges;
using static SkillBadges.Credentials.OpenBadges.MemberRule;

namespace SkillBadges.Credentials.Clr;

/// <summary>The classes that the Comprehensive Learner Record 2.0 adds to those of Open Badges 3.0.</summary>
internal static class ClrRules
{
    public static readonly FrozenSet<string> AssociationTypes = FrozenSet.Create(
        StringComparer.Ordinal, "exactMatchOf", "isChildOf", "isParentOf", "isPartOf", "isPeerOf", "isRelatedTo", "precedes", "replacedBy");

    private static readonly ContextRule credentials = new(OpenBadgeTerms.CredentialsContext);

    private static readonly ContextRule credentialsV1 = new(OpenBadgeTerms.CredentialsContextV1);

    private static readonly ContextRule clr = new("https://purl.imsglobal.org/spec/clr/v2p0/context", ".json", '2');

    public static IEnumerable<ObjectRule> Classes() =>
    [
        ClrCredential("ClrCredential", older: false),
        ClrCredential("ClrCredentialv1p1", older: true),
        new("ClrSubject",
        [
            Uri("id"), Types(["ClrSubject"]), Contained("identifier", "IdentityObject").OrMany(), Contained("achievement", "Achievement").OrMany(),
            Of("verifiableCredential", MemberKind.Credential).OrMany().Must(), Contained("association", "Association").OrMany(),
        ]),
        new("Association",
        [
            SingleType("Association"), Word("associationType", AssociationTypes, extensible: false).Must(), Uri("sourceId").Must(), Uri("targetId").Must(),
        ], closed: true),
        VerifiableCredential("VerifiableCredential", older: false),
        VerifiableCredential("VerifiableCredentialv1p1", older: true),
        // VCDM 2.0 (REC 2025-05-15) 4.13: the credential is the data URL.
        new("EnvelopedVerifiableCredential",
        [
            Of("@context", MemberKind.Context).Must(), Uri("id").Must(), Types(["EnvelopedVerifiableCredential"]),
        ])
        { Contexts = [credentials] },
        new("CredentialSubject", [Uri("id")]),
    ];

    private static ObjectRule ClrCredential(string name, bool older) => new(name, OpenBadgeRules.CredentialMembers(older,
    [
        Uri("id").Must(), Types(["VerifiableCredential"], ["ClrCredential"]), Text("name").Must(), Text("description"), Contained("image", "Image"),
        Of("partial", MemberKind.Boolean), Of("awardedDate", MemberKind.DateTime), Contained("credentialSubject", "ClrSubject").Must(),
        .. OpenBadgeRules.Endorsements(older ? "EndorsementCredentialv1p1" : "EndorsementCredential"),
    ]))
    { Contexts = [older ? credentialsV1 : credentials, clr, OpenBadgeRules.OpenBadges] };

    private static ObjectRule VerifiableCredential(string name, bool older) => new(name, OpenBadgeRules.CredentialMembers(older,
    [
        Uri("id"), Types(["VerifiableCredential"]), Contained("credentialSubject", "CredentialSubject").Must(),
    ]))
    { Contexts = [older ? credentialsV1 : credentials] };
}
