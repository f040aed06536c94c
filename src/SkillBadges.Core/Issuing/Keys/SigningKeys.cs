using System.Collections.Immutable;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Core.Issuing.Keys;

/// <summary>An active key, opened. What is signed with it is stored only if <paramref name="Read"/> is unchanged then.</summary>
public sealed record SigningKey(Read<IssuerKey> Read, PublicKey Public, ISigner Signer)
{
    public string KeyId => Signer.VerificationMethod;
}

/// <summary>The active keys of one organization, one for each algorithm.</summary>
/// <param name="Did">The organization's DID.</param>
public sealed record SigningKeys(string Did, ImmutableArray<SigningKey> Keys)
{
    public SigningKey For(SignatureAlgorithm algorithm) => Keys.First(key => key.Read.Document.Algorithm == algorithm);

    /// <summary>Whether all the forms were signed by these keys.</summary>
    public bool Hold(IEnumerable<SignedForm> forms) => forms.All(form => Keys.Any(key => key.KeyId == form.KeyId));
}
