using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>One credential in each form it was signed in; all forms say the same.</summary>
[JsonConverter(typeof(SignedCredentialJson))]
public sealed record SignedCredential(CredentialId Credential, ImmutableArray<SignedForm> Forms, DateTimeOffset SignedAt)
{
    /// <summary>The form of that name (<see cref="SignedForm"/>), or null.</summary>
    public SignedForm? Form(string name) => Forms.FirstOrDefault(form => form.Name == name);
}

/// <param name="Name">Such as <see cref="VcJwtEs256"/>.</param>
/// <param name="KeyId">The verification method that signed: a DID URL.</param>
/// <param name="Text">A compact JWS, or JSON with its proof; handed out exactly as it is.</param>
public sealed record SignedForm(string Name, string KeyId, string Text)
{
    /// <summary>The key's own id: the fragment of <see cref="KeyId"/>.</summary>
    [JsonIgnore]
    public string Key => KeyId[(KeyId.IndexOf('#', StringComparison.Ordinal) + 1)..];

    public const string VcJwtRs256 = "vc-jwt-rs256";

    public const string VcJwtEs256 = "vc-jwt-es256";

    public const string EddsaRdfc2022 = "eddsa-rdfc-2022";
}

public static class SignedCredentialDocuments
{
    /// <summary>What a key signed, for the day on which it has to be signed anew.</summary>
    public static readonly AccessPath<SignedCredential> ByKey = new AccessPath<SignedCredential>("key").Each("key", c => c.Forms.Select(form => form.Key));

    public static readonly DocumentKind<SignedCredential> Kind = new("signed_credential", c => c.Credential.Value) { Paths = [ByKey] };

    /// <exception cref="RefusedException"><c>award.not-signed-yet</c>, <c>credential.no-such-form</c>.</exception>
    internal static async Task<SignedForm> FormAsync(IDocumentStore store, CredentialId credential, string form, CancellationToken cancellationToken)
    {
        var signed = await store.FindAsync(Kind, credential.Value, cancellationToken)
            ?? throw Refused.Conflict("award.not-signed-yet", "The badge is being signed; please ask again in a moment.");
        return signed.Document.Form(form) ?? throw new RefusedException(
            RefusalKind.NotFound, "credential.no-such-form", $"The credential has no such form; it has {string.Join(", ", signed.Document.Forms.Select(known => known.Name))}, png and svg.");
    }
}
