using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

/// <summary>A key that protects cookies and cursors, sealed. All nodes share these.</summary>
/// <param name="Id">Made here.</param>
/// <param name="SealedElement">The framework's XML element, sealed for the purpose <c>protection-key:{id}</c>.</param>
/// <param name="CreatedAt">Keys are read in this order.</param>
public sealed record ProtectionKey(string Id, string SealedElement, DateTimeOffset CreatedAt)
{
    public string Purpose => PurposeOf(Id);

    public static string PurposeOf(string id) => $"protection-key:{id}";
}

public static class ProtectionKeyDocuments
{
    public static readonly AccessPath<ProtectionKey> ByAge = new AccessPath<ProtectionKey>("age").OrderBy("created", key => key.CreatedAt);

    public static readonly DocumentKind<ProtectionKey> Kind = new("protection_key", key => key.Id) { Paths = [ByAge] };
}
