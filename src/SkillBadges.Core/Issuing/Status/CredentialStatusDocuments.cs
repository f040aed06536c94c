using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing.Status;

public static class CredentialStatusDocuments
{
    /// <summary>No two credentials share an index of a list.</summary>
    public static readonly AccessPath<CredentialStatus> ByIndex =
        new AccessPath<CredentialStatus>("index").Equal("list", s => s.List.Value).Equal("position", s => s.Index).Unique();

    /// <summary>The bits of a list that are set.</summary>
    public static readonly AccessPath<CredentialStatus> Marked =
        new AccessPath<CredentialStatus>("marked").Equal("list", s => s.IsGood ? null : s.List.Value).OrderBy("position", s => s.Index);

    public static readonly DocumentKind<CredentialStatus> Kind = new("credential_status", s => s.Credential.Value) { Paths = [ByIndex, Marked] };
}
