using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Issuing.Endorsements;

/// <summary>What an organization signs about a badge version (Open Badges 3.0, final 2024-05, EndorsementCredential): the version, when, and its comment. No person is in it.</summary>
public static class EndorsementPayload
{
    public static byte[] Of(Organization organization, BadgeDefinition badge, VersionProvenance provenance, SignOff signOff, InstanceAddress address, CredentialId credential, StatusSlot slot)
    {
        // nbf of the JWT counts whole seconds and has to agree with this.
        var from = DateTimeOffset.FromUnixTimeSeconds(signOff.At.ToUnixTimeSeconds());
        return new EndorsementCredential
        {
            Id = address.Credential(credential),
            Name = $"{organization.Name}: {badge.Name}",
            Description = $"{organization.Name} signed off on this version of the badge.",
            Issuer = AwardCredential.Profile(organization, address),
            ValidFrom = from,
            AwardedDate = from,
            CredentialSubject = new(address.Achievement(badge.Id), Comment(provenance, signOff)),
            CredentialStatus = AwardCredential.Status(address, slot),
        }.ToJson();
    }

    // Wallets show it as Markdown, each in its own way: what a careless one could run or load does not travel.
    private static string? Comment(VersionProvenance provenance, SignOff signOff)
    {
        var text = new StringBuilder(signOff.Comment is { } comment && CriteriaMarkdown.Objection(comment) is null ? comment : "");
        if (provenance.PatchOf is { } version && signOff.Revision < provenance.Revision)
        {
            text.Append(text.Length > 0 ? "\n\n" : "").Append(FormattableString.Invariant($"Signed for version {version}; since then only spelling was corrected."));
        }

        return text.Length > 0 ? text.ToString() : null;
    }
}
